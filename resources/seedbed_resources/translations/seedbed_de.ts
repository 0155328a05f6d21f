<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>This is a sample: one human claim, and a tree that was grown from it beforehand.</source>
        <translation>Das ist ein Muster: eine menschliche Behauptung und ein Baum, der vorab aus ihr gewachsen ist.</translation>
    </message>
    <message>
        <source>A larger model wrote it; nobody has verified its labels. The demo begins anew: it grows 60 examples, trains a small model on them and judges it, in some minutes. The creator in the box is a demonstrator: its examples look the part, its labels are noise.</source>
        <translation>Ein größeres Modell hat ihn geschrieben; niemand hat seine Labels geprüft. Die Vorführung fängt neu an: Sie lässt 60 Beispiele wachsen, trainiert ein kleines Modell damit und beurteilt es, in einigen Minuten. Der mitgelieferte Erzeuger dient nur der Anschauung: Seine Beispiele sehen echt aus, seine Labels sind Rauschen.</translation>
    </message>
    <message>
        <source>Watch the demo</source>
        <translation>Vorführung ansehen</translation>
    </message>
    <message>
        <source>Seven steps, a minute, on a sample project. Later it is found with Ctrl+K.</source>
        <translation>Sieben Schritte, eine Minute, an einem Musterprojekt. Später ist der Rundgang mit Strg+K zu finden.</translation>
    </message>
    <message>
        <source>New here?</source>
        <translation>Neu hier?</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>Zum Rundgang</translation>
    </message>
    <message>
        <source>rejected hidden</source>
        <translation>abgelehnte ausgeblendet</translation>
    </message>
    <message>
        <source>Rejected hidden</source>
        <translation>Abgelehnte ausgeblendet</translation>
    </message>
    <message>
        <source>{many:,} folded</source>
        <translation>{many:,} eingeklappt</translation>
    </message>
    <message>
        <source>{many:,} of {there:,} shown</source>
        <translation>{many:,} von {there:,} gezeigt</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Only the branch of #{example}</source>
        <translation>Nur der Zweig von #{example}</translation>
    </message>
    <message>
        <source>Only the branch of seed {seed}</source>
        <translation>Nur der Zweig von Saat {seed}</translation>
    </message>
    <message>
        <source>{wanted} more on the way</source>
        <translation>{wanted} weitere unterwegs</translation>
    </message>
    <message>
        <source>{many:,} selected</source>
        <translation>{many:,} ausgewählt</translation>
    </message>
    <message>
        <source>depth {depth}</source>
        <translation>Tiefe {depth}</translation>
    </message>
    <message>
        <source>project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>{shown:,} of {there:,}</source>
        <translation>{shown:,} von {there:,}</translation>
    </message>
    <message>
        <source>depth {first} to {deepest}</source>
        <translation>Tiefe {first} bis {deepest}</translation>
    </message>
    <message>
        <source>depth {first}</source>
        <translation>Tiefe {first}</translation>
    </message>
    <message>
        <source>{name} is neither .png nor .svg.</source>
        <translation>{name} ist weder .png noch .svg.</translation>
    </message>
    <message>
        <source>Name the picture so.</source>
        <translation>Das Bild so benennen.</translation>
    </message>
    <message>
        <source>{target} cannot be written.</source>
        <translation>{target} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>Einen anderen Ort wählen.</translation>
    </message>
    <message>
        <source>Tree of examples</source>
        <translation>Baum der Beispiele</translation>
    </message>
    <message>
        <source>{many:,} examples selected</source>
        <translation>{many:,} Beispiele ausgewählt</translation>
    </message>
    <message>
        <source>Example {example}, {look}, depth {depth}</source>
        <translation>Beispiel {example}, {look}, Tiefe {depth}</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>gestutzt</translation>
    </message>
    <message>
        <source>flagged</source>
        <translation>markiert</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>wanted</source>
        <translation>gewünscht</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>replied</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>read</source>
        <translation>gelesen</translation>
    </message>
    <message>
        <source>retried</source>
        <translation>wiederholt</translation>
    </message>
    <message>
        <source>possibly billed</source>
        <translation>vielleicht berechnet</translation>
    </message>
    <message>
        <source>tree</source>
        <translation>Baum</translation>
    </message>
    <message>
        <source>naive</source>
        <translation>naiv</translation>
    </message>
    <message>
        <source>random</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>contrastive</source>
        <translation>kontrastiv</translation>
    </message>
    <message>
        <source>similar</source>
        <translation>ähnlich</translation>
    </message>
    <message>
        <source>human</source>
        <translation>menschlich</translation>
    </message>
    <message>
        <source>created</source>
        <translation>erzeugt</translation>
    </message>
    <message>
        <source>embedded</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>hosted</source>
        <translation>gehostet</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>creator</source>
        <translation>Erzeuger</translation>
    </message>
    <message>
        <source>reviewer</source>
        <translation>Wer prüfte</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>dev</source>
        <translation>Dev</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>offered</source>
        <translation>angeboten</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>übernommen</translation>
    </message>
    <message>
        <source>edited since it was asked for</source>
        <translation>seit der Anfrage bearbeitet</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>abgewiesen</translation>
    </message>
    <message>
        <source>not asked for yet</source>
        <translation>noch nicht angefragt</translation>
    </message>
    <message>
        <source>length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>number of options</source>
        <translation>Zahl der Optionen</translation>
    </message>
    <message>
        <source>answer&apos;s place</source>
        <translation>Platz der Antwort</translation>
    </message>
    <message>
        <source>shortest third</source>
        <translation>kürzestes Drittel</translation>
    </message>
    <message>
        <source>middle third</source>
        <translation>mittleres Drittel</translation>
    </message>
    <message>
        <source>longest third</source>
        <translation>längstes Drittel</translation>
    </message>
    <message>
        <source>no example in the reply</source>
        <translation>kein Beispiel in der Ausgabe</translation>
    </message>
    <message>
        <source>cut short</source>
        <translation>abgeschnitten</translation>
    </message>
    <message>
        <source>refused by the creator</source>
        <translation>vom Erzeuger verweigert</translation>
    </message>
    <message>
        <source>stopped by the server&apos;s filter</source>
        <translation>vom Filter des Servers angehalten</translation>
    </message>
    <message>
        <source>empty reply</source>
        <translation>leere Ausgabe</translation>
    </message>
    <message>
        <source>a field is missing</source>
        <translation>ein Feld fehlt</translation>
    </message>
    <message>
        <source>wrong number of options</source>
        <translation>falsche Zahl von Optionen</translation>
    </message>
    <message>
        <source>other options than the seed&apos;s</source>
        <translation>andere Optionen als die Saat</translation>
    </message>
    <message>
        <source>two options are equal</source>
        <translation>zwei Optionen sind gleich</translation>
    </message>
    <message>
        <source>answer not among the options</source>
        <translation>Antwort nicht unter den Optionen</translation>
    </message>
    <message>
        <source>empty question</source>
        <translation>leere Frage</translation>
    </message>
    <message>
        <source>not one blank and all options in the sentence</source>
        <translation>nicht genau eine Lücke und alle Optionen im Satz</translation>
    </message>
    <message>
        <source>no passage</source>
        <translation>keine Passage</translation>
    </message>
    <message>
        <source>its passage does not bear its answer out</source>
        <translation>die Passage stützt die Antwort nicht</translation>
    </message>
    <message>
        <source>copy of the formatting example</source>
        <translation>Kopie der Vorlage</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>edited since it was asked about</source>
        <translation>seit der Frage danach bearbeitet</translation>
    </message>
    <message>
        <source>goes round in circles</source>
        <translation>dreht sich im Kreis</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>zu lang</translation>
    </message>
    <message>
        <source>question was there before</source>
        <translation>Frage war schon da</translation>
    </message>
    <message>
        <source>twin of a kept example</source>
        <translation>Zwilling eines behaltenen Beispiels</translation>
    </message>
    <message>
        <source>too near to a test example</source>
        <translation>zu nah an einem Testbeispiel</translation>
    </message>
    <message>
        <source>the same words</source>
        <translation>dieselben Wörter</translation>
    </message>
    <message>
        <source>cosine {cosine}, limit {limit}</source>
        <translation>Kosinus {cosine}, Grenze {limit}</translation>
    </message>
    <message>
        <source>too near to {what}</source>
        <translation>zu nah an {what}</translation>
    </message>
    <message>
        <source>too near to the seed</source>
        <translation>zu nah an der Saat</translation>
    </message>
    <message>
        <source>answered otherwise: {many} of {total} say {answer}</source>
        <translation>anders beantwortet: {many} von {total} sagen {answer}</translation>
    </message>
    <message>
        <source>{many} of {total} say {answer}</source>
        <translation>{many} von {total} sagen {answer}</translation>
    </message>
    <message>
        <source>approve one example</source>
        <translation>ein Beispiel annehmen</translation>
    </message>
    <message>
        <source>reject one example</source>
        <translation>ein Beispiel ablehnen</translation>
    </message>
    <message>
        <source>prune one example</source>
        <translation>ein Beispiel stutzen</translation>
    </message>
    <message>
        <source>set back one example</source>
        <translation>ein Beispiel zurücksetzen</translation>
    </message>
    <message>
        <source>approve {many} examples</source>
        <translation>{many} Beispiele annehmen</translation>
    </message>
    <message>
        <source>reject {many} examples</source>
        <translation>{many} Beispiele ablehnen</translation>
    </message>
    <message>
        <source>prune {many} examples</source>
        <translation>{many} Beispiele stutzen</translation>
    </message>
    <message>
        <source>set back {many} examples</source>
        <translation>{many} Beispiele zurücksetzen</translation>
    </message>
    <message>
        <source>approve #{example}</source>
        <translation>#{example} annehmen</translation>
    </message>
    <message>
        <source>reject #{example}</source>
        <translation>#{example} ablehnen</translation>
    </message>
    <message>
        <source>reject #{example}: {reason}</source>
        <translation>#{example} ablehnen: {reason}</translation>
    </message>
    <message>
        <source>approve {many} examples, the branch of #{example}</source>
        <translation>{many} Beispiele annehmen, den Zweig von #{example}</translation>
    </message>
    <message>
        <source>reject {many} examples, the branch of #{example}</source>
        <translation>{many} Beispiele ablehnen, den Zweig von #{example}</translation>
    </message>
    <message>
        <source>reject {many} examples, the branch of #{example}: {reason}</source>
        <translation>{many} Beispiele ablehnen, den Zweig von #{example}: {reason}</translation>
    </message>
    <message>
        <source>edit #{example}</source>
        <translation>#{example} bearbeiten</translation>
    </message>
    <message>
        <source>edit one example</source>
        <translation>ein Beispiel bearbeiten</translation>
    </message>
    <message>
        <source>edit {many} examples</source>
        <translation>{many} Beispiele bearbeiten</translation>
    </message>
    <message>
        <source>keep the label of #{example}</source>
        <translation>das Label von #{example} behalten</translation>
    </message>
    <message>
        <source>keep the labels of {many} examples</source>
        <translation>die Labels von {many} Beispielen behalten</translation>
    </message>
    <message>
        <source>take the creator&apos;s answer for #{number}</source>
        <translation>für #{number} die Antwort des Erzeugers nehmen</translation>
    </message>
    <message>
        <source>rewrite {many} examples: {wish}</source>
        <translation>{many} Beispiele umschreiben: {wish}</translation>
    </message>
    <message>
        <source>rewrite {many} example: {wish}</source>
        <translation>{many} Beispiel umschreiben: {wish}</translation>
    </message>
    <message>
        <source>flag what is too near to {name}</source>
        <translation>markieren, was {name} zu nah ist</translation>
    </message>
    <message>
        <source>flag what is too near</source>
        <translation>markieren, was zu nah ist</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Stopped. What was made is kept.</source>
        <translation>Angehalten. Was entstanden ist, bleibt.</translation>
    </message>
    <message>
        <source>The run could not be started.</source>
        <translation>Der Lauf konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>The run ended without a word (exit status {code}).</source>
        <translation>Der Lauf endete ohne ein Wort (Status {code}).</translation>
    </message>
    <message>
        <source>Start it again.</source>
        <translation>Noch einmal starten.</translation>
    </message>
    <message>
        <source>Its last words: {last}</source>
        <translation>Die letzten Worte: {last}</translation>
    </message>
    <message>
        <source>{kept} examples kept in {seconds} s</source>
        <translation>{kept} Beispiele behalten in {seconds} s</translation>
    </message>
    <message>
        <source>{kept} examples kept in {seconds} s.</source>
        <translation>{kept} Beispiele behalten in {seconds} s.</translation>
    </message>
    <message>
        <source>Stopped: {kept} examples kept in {seconds} s.</source>
        <translation>Angehalten: {kept} Beispiele behalten in {seconds} s.</translation>
    </message>
    <message>
        <source>{kept} examples kept in {seconds} s, of {target} wanted.</source>
        <translation>{kept} Beispiele behalten in {seconds} s, gewünscht waren {target}.</translation>
    </message>
    <message>
        <source>The last calls gave nothing new.</source>
        <translation>Die letzten Aufrufe ergaben nichts Neues.</translation>
    </message>
    <message>
        <source>Another instruction, strategy or seed number asks anew.</source>
        <translation>Eine andere Anweisung, Strategie oder Startzahl fragt neu.</translation>
    </message>
    <message>
        <source>What it grew from is rejected or pruned now: set some back, or grow from others.</source>
        <translation>Woraus es wuchs, ist jetzt abgelehnt oder gestutzt: einiges zurücksetzen oder aus anderen wachsen lassen.</translation>
    </message>
    <message>
        <source>The limit of {calls} calls is reached.</source>
        <translation>Die Grenze von {calls} Aufrufen ist erreicht.</translation>
    </message>
    <message>
        <source>Nothing more is approved to grow from yet: approve some examples, then go on with this run.</source>
        <translation>Noch ist nichts weiter angenommen, woraus es wachsen könnte: einige Beispiele annehmen, dann diesen Lauf fortsetzen.</translation>
    </message>
    <message>
        <source>Starting the embedded creator ({name}).</source>
        <translation>Der mitgelieferte Erzeuger startet ({name}).</translation>
    </message>
    <message>
        <source>No reply for {seconds} s; {many} requests wait for one.</source>
        <translation>Seit {seconds} s keine Ausgabe; {many} Anfragen warten darauf.</translation>
    </message>
    <message>
        <source>{many} requests were in flight when the work ended; they may have been billed.</source>
        <translation>{many} Anfragen waren unterwegs, als die Arbeit endete; sie sind vielleicht berechnet worden.</translation>
    </message>
    <message>
        <source>Asking again.</source>
        <translation>Es wird noch einmal gefragt.</translation>
    </message>
    <message>
        <source>The creator did not answer {many} calls in a row ({said}).</source>
        <translation>Der Erzeuger hat auf {many} Aufrufe hintereinander nicht geantwortet ({said}).</translation>
    </message>
    <message>
        <source>Check that it runs, then start the run again: it goes on where it was.</source>
        <translation>Prüfen, ob er läuft, dann den Lauf wieder starten: Er geht weiter, wo er war.</translation>
    </message>
    <message>
        <source>Waiting for the batch: {many} requests at half the price, due within 24 hours.</source>
        <translation>Warten auf den Stapel: {many} Anfragen zum halben Preis, fällig binnen 24 Stunden.</translation>
    </message>
    <message>
        <source>Waiting for the batch: {many} requests at half the price, due by {when} UTC.</source>
        <translation>Warten auf den Stapel: {many} Anfragen zum halben Preis, fällig bis {when} UTC.</translation>
    </message>
    <message>
        <source>The batch was cancelled; what was answered before is kept.</source>
        <translation>Der Stapel wurde abgebrochen; was vorher beantwortet war, bleibt.</translation>
    </message>
    <message>
        <source>A batch of {many} requests is back.</source>
        <translation>Ein Stapel von {many} Anfragen ist zurück.</translation>
    </message>
    <message>
        <source>The budget of {budget} is spent: {left} is left, and the next request may cost {price}.</source>
        <translation>Das Budget von {budget} ist verbraucht: {left} sind übrig, und die nächste Anfrage kostet vielleicht {price}.</translation>
    </message>
    <message>
        <source>The budget of {budget} tokens is spent: {left} are left, and the next request may take {most}.</source>
        <translation>Das Budget von {budget} Tokens ist verbraucht: {left} sind übrig, und die nächste Anfrage braucht vielleicht {most}.</translation>
    </message>
    <message>
        <source>Start another run with a budget of its own to grow on.</source>
        <translation>Einen weiteren Lauf mit eigenem Budget starten, um weiterzuwachsen.</translation>
    </message>
    <message>
        <source>{many} examples were answered again, {flagged} are marked for disagreement with the label</source>
        <translation>{many} Beispiele wurden noch einmal beantwortet, {flagged} sind wegen Widerspruchs zum Label markiert</translation>
    </message>
    <message>
        <source>{many} examples were answered again, {flagged} is marked for disagreement with the label</source>
        <translation>{many} Beispiele wurden noch einmal beantwortet, {flagged} ist wegen Widerspruchs zum Label markiert</translation>
    </message>
    <message>
        <source>{many} example was answered again, {flagged} are marked for disagreement with the label</source>
        <translation>{many} Beispiel wurde noch einmal beantwortet, {flagged} sind wegen Widerspruchs zum Label markiert</translation>
    </message>
    <message>
        <source>{many} example was answered again, {flagged} is marked for disagreement with the label</source>
        <translation>{many} Beispiel wurde noch einmal beantwortet, {flagged} ist wegen Widerspruchs zum Label markiert</translation>
    </message>
    <message>
        <source>{many} of {total} examples have a new sibling</source>
        <translation>{many} von {total} Beispielen haben ein neues Geschwister</translation>
    </message>
    <message>
        <source>{many} of {total} example has a new sibling</source>
        <translation>{many} von {total} Beispiel hat ein neues Geschwister</translation>
    </message>
    <message>
        <source>{many} of {total} examples were rewritten; nothing is changed until it is applied</source>
        <translation>{many} von {total} Beispielen wurden umgeschrieben; nichts ändert sich, bevor es übernommen wird</translation>
    </message>
    <message>
        <source>Training on {many} examples ({said}), seed {seed}.</source>
        <translation>Training mit {many} Beispielen ({said}), Startzahl {seed}.</translation>
    </message>
    <message>
        <source>human data, all</source>
        <translation>alle menschlichen Daten</translation>
    </message>
    <message>
        <source>{said}. The model of all human data follows, and is kept for later runs.</source>
        <translation>{said}. Das Modell aus allen menschlichen Daten folgt und bleibt für spätere Läufe.</translation>
    </message>
    <message>
        <source>Stopped. Started again, the training goes on where it was.</source>
        <translation>Angehalten. Wieder gestartet, geht das Training weiter, wo es war.</translation>
    </message>
    <message>
        <source>Fetching the model in the box (SmolLM2-135M-Instruct, Apache-2.0, {size} MB).</source>
        <translation>Das mitgelieferte Modell wird geholt (SmolLM2-135M-Instruct, Apache-2.0, {size} MB).</translation>
    </message>
    <message>
        <source>Fetched {done} of {size} MB.</source>
        <translation>{done} von {size} MB geholt.</translation>
    </message>
    <message>
        <source>Making the model in the box faster (Q4_1 to Q8_0).</source>
        <translation>Das mitgelieferte Modell wird schneller gemacht (Q4_1 zu Q8_0).</translation>
    </message>
    <message>
        <source>The model in the box is ready: {path}</source>
        <translation>Das mitgelieferte Modell ist bereit: {path}</translation>
    </message>
    <message>
        <source>Something went wrong in the engine ({error}).</source>
        <translation>In der Maschine ging etwas schief ({error}).</translation>
    </message>
    <message>
        <source>Trying takes {many} tiny requests, for {said}.</source>
        <translation>Das Testen braucht {many} winzige Anfragen, für {said}.</translation>
    </message>
    <message>
        <source>at most {price}</source>
        <translation>höchstens {price}</translation>
    </message>
    <message>
        <source>an unknown price: the model is not in the price list</source>
        <translation>einen unbekannten Preis: Das Modell steht nicht in der Preisliste</translation>
    </message>
    <message>
        <source>From the seed&apos;s prompt alone: nothing was asked of this model in this project yet.</source>
        <translation>Allein aus dem Prompt der Saat: Dieses Modell wurde in diesem Projekt noch nichts gefragt.</translation>
    </message>
    <message>
        <source>From {many} requests of such a growth in this project.</source>
        <translation>Aus {many} Anfragen eines solchen Wachstums in diesem Projekt.</translation>
    </message>
    <message>
        <source>From the seed&apos;s prompt, and {many} requests to this model in this project.</source>
        <translation>Aus dem Prompt der Saat und {many} Anfragen an dieses Modell in diesem Projekt.</translation>
    </message>
    <message>
        <source>From the examples&apos; own texts.</source>
        <translation>Aus den Texten der Beispiele selbst.</translation>
    </message>
    <message>
        <source>&apos;{twice}&apos; is there twice among the {name}.</source>
        <translation>„{twice}“ steht zweimal unter: {name}.</translation>
    </message>
    <message>
        <source>Give each once.</source>
        <translation>Jedes einmal angeben.</translation>
    </message>
    <message>
        <source>The question is missing.</source>
        <translation>Die Frage fehlt.</translation>
    </message>
    <message>
        <source>Give a text under &apos;question&apos;.</source>
        <translation>Unter &apos;question&apos; einen Text angeben.</translation>
    </message>
    <message>
        <source>The options are missing.</source>
        <translation>Die Optionen fehlen.</translation>
    </message>
    <message>
        <source>Give a list of texts under &apos;options&apos;.</source>
        <translation>Unter &apos;options&apos; eine Liste von Texten angeben.</translation>
    </message>
    <message>
        <source>The context is not a text.</source>
        <translation>Der Kontext ist kein Text.</translation>
    </message>
    <message>
        <source>Give a text under &apos;context&apos;, or leave it out.</source>
        <translation>Unter &apos;context&apos; einen Text angeben, oder es weglassen.</translation>
    </message>
    <message>
        <source>The answer is missing.</source>
        <translation>Die Antwort fehlt.</translation>
    </message>
    <message>
        <source>Give one of the options under &apos;answer&apos;.</source>
        <translation>Unter &apos;answer&apos; eine der Optionen angeben.</translation>
    </message>
    <message>
        <source>No connection to {address}.</source>
        <translation>Keine Verbindung zu {address}.</translation>
    </message>
    <message>
        <source>Check that the server runs and the network is up.</source>
        <translation>Prüfen, ob der Server läuft und das Netz da ist.</translation>
    </message>
    <message>
        <source>{address} did not answer in time.</source>
        <translation>{address} hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>Try again, or raise the time-out.</source>
        <translation>Noch einmal versuchen oder die Wartezeit erhöhen.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>Später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{address} does not take the key.</source>
        <translation>{address} nimmt den Schlüssel nicht an.</translation>
    </message>
    <message>
        <source>Check the key and its name.</source>
        <translation>Den Schlüssel und seinen Namen prüfen.</translation>
    </message>
    <message>
        <source>{address} has no model &apos;{model}&apos;.</source>
        <translation>{address} hat kein Modell „{model}“.</translation>
    </message>
    <message>
        <source>Check the name of the model and the address.</source>
        <translation>Den Namen des Modells und die Adresse prüfen.</translation>
    </message>
    <message>
        <source>The account at {address} has no credit left.</source>
        <translation>Das Konto bei {address} hat kein Guthaben mehr.</translation>
    </message>
    <message>
        <source>Add credit, then go on.</source>
        <translation>Guthaben aufladen, dann fortsetzen.</translation>
    </message>
    <message>
        <source>There is no key under the name {name}.</source>
        <translation>Unter dem Namen {name} gibt es keinen Schlüssel.</translation>
    </message>
    <message>
        <source>The model in the box is not set up yet.</source>
        <translation>Das mitgelieferte Modell ist noch nicht eingerichtet.</translation>
    </message>
    <message>
        <source>Run &apos;seedbed setup-model&apos; once.</source>
        <translation>Einmal „seedbed setup-model“ ausführen.</translation>
    </message>
    <message>
        <source>This machine&apos;s processor has no AVX2, which the embedded creator needs.</source>
        <translation>Dem Prozessor fehlt AVX2, das der mitgelieferte Erzeuger braucht.</translation>
    </message>
    <message>
        <source>Choose a hosted creator.</source>
        <translation>Einen gehosteten Erzeuger wählen.</translation>
    </message>
    <message>
        <source>The model &apos;{name}&apos; could not be started.</source>
        <translation>Das Modell „{name}“ konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>It may be damaged, too large for this machine&apos;s memory, or of a kind that llama.cpp does not know.</source>
        <translation>Vielleicht ist es beschädigt, zu groß für den Speicher dieses Rechners oder von einer Art, die llama.cpp nicht kennt.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is not a GGUF model file.</source>
        <translation>„{name}“ ist keine GGUF-Modelldatei.</translation>
    </message>
    <message>
        <source>Choose a file that ends with .gguf.</source>
        <translation>Eine Datei wählen, die auf .gguf endet.</translation>
    </message>
    <message>
        <source>The address of a server begins with http:// or https://.</source>
        <translation>Die Adresse eines Servers beginnt mit http:// oder https://.</translation>
    </message>
    <message>
        <source>Write it like http://127.0.0.1:11434/v1.</source>
        <translation>So schreiben: http://127.0.0.1:11434/v1.</translation>
    </message>
    <message>
        <source>The address names no server.</source>
        <translation>Die Adresse nennt keinen Server.</translation>
    </message>
    <message>
        <source>The question is empty.</source>
        <translation>Die Frage ist leer.</translation>
    </message>
    <message>
        <source>Write a question.</source>
        <translation>Eine Frage schreiben.</translation>
    </message>
    <message>
        <source>There is one option.</source>
        <translation>Es gibt nur eine Option.</translation>
    </message>
    <message>
        <source>There are no options.</source>
        <translation>Es gibt keine Optionen.</translation>
    </message>
    <message>
        <source>Give at least two options.</source>
        <translation>Mindestens zwei Optionen angeben.</translation>
    </message>
    <message>
        <source>An option is empty.</source>
        <translation>Eine Option ist leer.</translation>
    </message>
    <message>
        <source>Fill it in or take it out.</source>
        <translation>Ausfüllen oder entfernen.</translation>
    </message>
    <message>
        <source>Two options are equal.</source>
        <translation>Zwei Optionen sind gleich.</translation>
    </message>
    <message>
        <source>Change one of them.</source>
        <translation>Eine davon ändern.</translation>
    </message>
    <message>
        <source>The answer is not among the options.</source>
        <translation>Die Antwort ist nicht unter den Optionen.</translation>
    </message>
    <message>
        <source>Make it equal to one of them.</source>
        <translation>Sie einer davon gleich machen.</translation>
    </message>
    <message>
        <source>{name} is open read-only.</source>
        <translation>{name} ist nur zum Lesen geöffnet.</translation>
    </message>
    <message>
        <source>Save a copy elsewhere to change it.</source>
        <translation>Zum Ändern anderswo eine Kopie speichern.</translation>
    </message>
    <message>
        <source>{name} is not there.</source>
        <translation>{name} ist nicht da.</translation>
    </message>
    <message>
        <source>Check the path, or make a new project.</source>
        <translation>Den Pfad prüfen oder ein neues Projekt anlegen.</translation>
    </message>
    <message>
        <source>{name} is not a Seedbed project.</source>
        <translation>{name} ist kein Seedbed-Projekt.</translation>
    </message>
    <message>
        <source>To bring in examples from it, use Import.</source>
        <translation>Um Beispiele daraus zu holen, gibt es den Import.</translation>
    </message>
    <message>
        <source>{name} was made by a newer Seedbed.</source>
        <translation>{name} stammt von einem neueren Seedbed.</translation>
    </message>
    <message>
        <source>Update Seedbed, then open it.</source>
        <translation>Seedbed aktualisieren, dann öffnen.</translation>
    </message>
    <message>
        <source>{name} exists already.</source>
        <translation>{name} gibt es schon.</translation>
    </message>
    <message>
        <source>{name} was moved, deleted or replaced while it was open.</source>
        <translation>{name} wurde verschoben, gelöscht oder ersetzt, während es offen war.</translation>
    </message>
    <message>
        <source>Nothing more is written. Put it back, or open it where it is now.</source>
        <translation>Es wird nichts mehr geschrieben. Legen Sie es zurück, oder öffnen Sie es dort, wo es jetzt ist.</translation>
    </message>
    <message>
        <source>The log of {name} was taken away by another program.</source>
        <translation>Ein anderes Programm hat das Protokoll von {name} weggenommen.</translation>
    </message>
    <message>
        <source>Open the project again, and look whether what was done last is there.</source>
        <translation>Öffnen Sie das Projekt neu und sehen Sie nach, ob das zuletzt Getane da ist.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Choose another name, or open it.</source>
        <translation>Einen anderen Namen wählen oder es öffnen.</translation>
    </message>
    <message>
        <source>The disk that holds {name} is full.</source>
        <translation>Der Datenträger mit {name} ist voll.</translation>
    </message>
    <message>
        <source>Make room; nothing that was saved is lost.</source>
        <translation>Platz schaffen; nichts Gespeichertes ist verloren.</translation>
    </message>
    <message>
        <source>Another program keeps {name} locked.</source>
        <translation>Ein anderes Programm hält {name} gesperrt.</translation>
    </message>
    <message>
        <source>Close it there, then try again.</source>
        <translation>Dort schließen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{name} cannot be written.</source>
        <translation>{name} kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Check its permissions, or save a copy elsewhere.</source>
        <translation>Die Rechte prüfen oder anderswo eine Kopie speichern.</translation>
    </message>
    <message>
        <source>{name} is of no kind that can be read.</source>
        <translation>{name} ist von keiner Art, die gelesen werden kann.</translation>
    </message>
    <message>
        <source>Give a .jsonl, .json, .csv or .tsv file.</source>
        <translation>Eine Datei .jsonl, .json, .csv oder .tsv angeben.</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} ist leer.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>{name} is not UTF-8 (byte {place}).</source>
        <translation>{name} ist nicht UTF-8 (Byte {place}).</translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation>Als UTF-8 speichern.</translation>
    </message>
    <message>
        <source>Row {number} left out: {said}</source>
        <translation>Zeile {number} ausgelassen: {said}</translation>
    </message>
    <message>
        <source>There are {many} examples to train on.</source>
        <translation>Zum Trainieren gibt es {many} Beispiele.</translation>
    </message>
    <message>
        <source>At least {least} are needed: create or approve more.</source>
        <translation>Mindestens {least} sind nötig: mehr erzeugen oder annehmen.</translation>
    </message>
    <message>
        <source>All examples have the answer &apos;{answer}&apos;.</source>
        <translation>Alle Beispiele haben die Antwort „{answer}“.</translation>
    </message>
    <message>
        <source>Create or approve some with another answer.</source>
        <translation>Einige mit einer anderen Antwort erzeugen oder annehmen.</translation>
    </message>
    <message>
        <source>There is a data set &apos;{name}&apos; already.</source>
        <translation>Einen Datensatz „{name}“ gibt es schon.</translation>
    </message>
    <message>
        <source>Give this one another name.</source>
        <translation>Diesem einen anderen Namen geben.</translation>
    </message>
    <message>
        <source>Of the paper&apos;s {many} pairs {here} are here: {names}.</source>
        <translation>Von den {many} Paaren des Artikels sind {here} hier: {names}.</translation>
    </message>
    <message>
        <source>Of the paper&apos;s {many} pairs {here} is here: {names}.</source>
        <translation>Von den {many} Paaren des Artikels ist {here} hier: {names}.</translation>
    </message>
    <message>
        <source>Of the paper&apos;s {many} pairs none is here.</source>
        <translation>Von den {many} Paaren des Artikels ist keines hier.</translation>
    </message>
    <message>
        <source>Missing: {names}.</source>
        <translation>Es fehlen: {names}.</translation>
    </message>
    <message>
        <source>Without a train split: {names}.</source>
        <translation>Ohne Trainingsteil: {names}.</translation>
    </message>
    <message>
        <source>Without a test split: {names}.</source>
        <translation>Ohne Testteil: {names}.</translation>
    </message>
    <message>
        <source>The paper does not say what was trained on for {names}: inferred.</source>
        <translation>Der Artikel sagt nicht, womit für {names} trainiert wurde: erschlossen.</translation>
    </message>
    <message>
        <source>&apos;{change}&apos; is left as it is: #{example} was changed since then.</source>
        <translation>„{change}“ bleibt, wie es ist: #{example} wurde seither geändert.</translation>
    </message>
    <message>
        <source>Look at it in the tree and decide there.</source>
        <translation>Im Baum ansehen und dort entscheiden.</translation>
    </message>
    <message>
        <source>Try the paper&apos;s three learning rates and the recipe&apos;s own first, on created branches held out.</source>
        <translation>Erst die drei Lernraten der Veröffentlichung und die des Rezepts ausprobieren, auf zurückgehaltenen erzeugten Zweigen.</translation>
    </message>
    <message>
        <source>multiple choice of {count}</source>
        <translation>Auswahl aus {count}</translation>
    </message>
    <message>
        <source>human data</source>
        <translation>menschliche Daten</translation>
    </message>
    <message>
        <source>all human data</source>
        <translation>alle menschlichen Daten</translation>
    </message>
    <message>
        <source>created data</source>
        <translation>erzeugte Daten</translation>
    </message>
    <message>
        <source>the untuned encoder</source>
        <translation>der untrainierte Encoder</translation>
    </message>
    <message>
        <source>untuned encoder</source>
        <translation>untrainierter Encoder</translation>
    </message>
    <message>
        <source>a linear head alone</source>
        <translation>nur ein linearer Kopf</translation>
    </message>
    <message>
        <source>created data, linear head alone</source>
        <translation>erzeugte Daten, nur linearer Kopf</translation>
    </message>
    <message>
        <source>most frequent created answer</source>
        <translation>häufigste erzeugte Antwort</translation>
    </message>
    <message>
        <source>a bag of words</source>
        <translation>eine Wortmenge (Bag of Words)</translation>
    </message>
    <message>
        <source>the question without its passage</source>
        <translation>die Frage ohne ihre Passage</translation>
    </message>
    <message>
        <source>taking the longest option</source>
        <translation>die längste Option nehmen</translation>
    </message>
    <message>
        <source>the options without the question</source>
        <translation>die Optionen ohne die Frage</translation>
    </message>
    <message>
        <source>the question without its options</source>
        <translation>die Frage ohne ihre Optionen</translation>
    </message>
    <message>
        <source>always answering “{label}”</source>
        <translation>immer „{label}“ antworten</translation>
    </message>
    <message>
        <source>always taking option {place}</source>
        <translation>immer Option {place} nehmen</translation>
    </message>
    <message>
        <source>the same number of human examples</source>
        <translation>gleich viele menschliche Beispiele</translation>
    </message>
    <message>
        <source>{many} human examples</source>
        <translation>{many} menschliche Beispiele</translation>
    </message>
    <message>
        <source>the human test set {name}</source>
        <translation>die menschlichen Testdaten {name}</translation>
    </message>
    <message>
        <source>the dev set ({name}, {split} split)</source>
        <translation>die Dev-Daten ({name}, Teil {split})</translation>
    </message>
    <message>
        <source>{many} created examples that were held out ({said}, not approved)</source>
        <translation>{many} zurückgehaltene erzeugte Beispiele ({said}, nicht angenommen)</translation>
    </message>
    <message>
        <source>{many} approved examples that were held out ({said})</source>
        <translation>{many} zurückgehaltene angenommene Beispiele ({said})</translation>
    </message>
    <message>
        <source>{many} created examples that were held out before</source>
        <translation>{many} erzeugte Beispiele, die schon zuvor zurückgehalten wurden</translation>
    </message>
    <message>
        <source>{many} branches of {total}</source>
        <translation>{many} Zweige von {total}</translation>
    </message>
    <message>
        <source>{many} branch of {total}</source>
        <translation>{many} Zweig von {total}</translation>
    </message>
    <message>
        <source>Better than {said}</source>
        <translation>Besser als „{said}“</translation>
    </message>
    <message>
        <source>Worse than {said}</source>
        <translation>Schlechter als „{said}“</translation>
    </message>
    <message>
        <source>Better than {said}, and not better than {said2}</source>
        <translation>Besser als „{said}“, und nicht besser als „{said2}“</translation>
    </message>
    <message>
        <source>Worse than {said}, and not better than {said2}</source>
        <translation>Schlechter als „{said}“, und nicht besser als „{said2}“</translation>
    </message>
    <message>
        <source>Better than {said}.</source>
        <translation>Besser als „{said}“.</translation>
    </message>
    <message>
        <source>Worse than {said}.</source>
        <translation>Schlechter als „{said}“.</translation>
    </message>
    <message>
        <source>Not distinguishable from human data</source>
        <translation>Nicht unterscheidbar von menschlichen Daten</translation>
    </message>
    <message>
        <source>Not distinguishable from human data.</source>
        <translation>Nicht unterscheidbar von menschlichen Daten.</translation>
    </message>
    <message>
        <source>Not distinguishable from {said}</source>
        <translation>Nicht unterscheidbar von „{said}“</translation>
    </message>
    <message>
        <source>Not distinguishable from {said}.</source>
        <translation>Nicht unterscheidbar von „{said}“.</translation>
    </message>
    <message>
        <source>Not distinguishable from human data, nor better than {said}</source>
        <translation>Nicht unterscheidbar von menschlichen Daten, auch nicht besser als „{said}“</translation>
    </message>
    <message>
        <source>Not distinguishable from {said}, nor better than {said2}</source>
        <translation>Nicht unterscheidbar von „{said}“, auch nicht besser als „{said2}“</translation>
    </message>
    <message>
        <source>{points} points above {said}</source>
        <translation>{points} Punkte über „{said}“</translation>
    </message>
    <message>
        <source>{points} points below {said}</source>
        <translation>{points} Punkte unter „{said}“</translation>
    </message>
    <message>
        <source>the same as {said}</source>
        <translation>gleichauf mit „{said}“</translation>
    </message>
    <message>
        <source>{p}, {corrected} after Holm&apos;s correction</source>
        <translation>{p}, {corrected} nach Holms Korrektur</translation>
    </message>
    <message>
        <source>Created data scores {said} (95 % interval {low} to {high}, McNemar {said2}, {items} test items, {seeds} seeds).</source>
        <translation>Erzeugte Daten liegen {said} (95-%-Intervall {low} bis {high}, McNemar {said2}, {items} Testaufgaben, {seeds} Startzahlen).</translation>
    </message>
    <message>
        <source>Created data scores {said} (95 % interval {low} to {high}, McNemar {said2}, {items} test items, 1 seed).</source>
        <translation>Erzeugte Daten liegen {said} (95-%-Intervall {low} bis {high}, McNemar {said2}, {items} Testaufgaben, 1 Startzahl).</translation>
    </message>
    <message>
        <source>It is {said} ({said2}).</source>
        <translation>Und sie liegen {said} ({said2}).</translation>
    </message>
    <message>
        <source>The model trained on {said} has collapsed: it nearly always gives one answer.</source>
        <translation>Das Modell „{said}“ ist zusammengefallen: Es gibt fast immer dieselbe Antwort.</translation>
    </message>
    <message>
        <source>With {items} items this test can show differences of {points} points or more.</source>
        <translation>Mit {items} Aufgaben kann dieser Test Unterschiede ab {points} Punkten zeigen.</translation>
    </message>
    <message>
        <source>With {items} items this test can show no difference at all.</source>
        <translation>Mit {items} Aufgaben kann dieser Test gar keinen Unterschied zeigen.</translation>
    </message>
    <message>
        <source>This is not a human test: it was judged on {said}.</source>
        <translation>Das ist kein menschlicher Test: Geurteilt wurde an „{said}“.</translation>
    </message>
    <message>
        <source>It says only whether the model repeats the creator&apos;s labels on a branch that it has not seen.</source>
        <translation>Er sagt nur, ob das Modell die Labels des Erzeugers auf einem Zweig wiederholt, den es nicht gesehen hat.</translation>
    </message>
    <message>
        <source>Trained on {said}, {share} % of the answers are &apos;{label}&apos;.</source>
        <translation>Trainiert mit „{said}“, sind {share} % der Antworten „{label}“.</translation>
    </message>
    <message>
        <source>&apos;{label}&apos; is the answer of {before} % of the created examples and {after} % of the test: the shares differ, which alone moves the accuracy.</source>
        <translation>„{label}“ ist die Antwort von {before} % der erzeugten Beispiele und von {after} % des Tests: Die Anteile sind verschieden, was allein schon die Genauigkeit bewegt.</translation>
    </message>
    <message>
        <source>{items} test items: where two models answer a fifth of them differently, this test can show differences of {smallest} points or more, and finds a true one of {findable} points four times in five.</source>
        <translation>{items} Testaufgaben: Wo zwei Modelle ein Fünftel davon verschieden beantworten, kann dieser Test Unterschiede ab {smallest} Punkten zeigen und findet einen wahren von {findable} Punkten in vier von fünf Fällen.</translation>
    </message>
    <message>
        <source>{items} test items can show no difference between two models at all.</source>
        <translation>{items} Testaufgaben können gar keinen Unterschied zwischen zwei Modellen zeigen.</translation>
    </message>
    <message>
        <source>{items} test items: where two models answer a fifth of them differently, this test shows no difference.</source>
        <translation>{items} Testaufgaben: Wo zwei Modelle ein Fünftel davon verschieden beantworten, zeigt dieser Test keinen Unterschied.</translation>
    </message>
    <message>
        <source>The test set {name} has the label &apos;{label}&apos;, which is none of the task&apos;s ({labels}).</source>
        <translation>Die Testdaten {name} haben das Label „{label}“, das keines der Aufgabe ist ({labels}).</translation>
    </message>
    <message>
        <source>Choose another test set, or import this one with the task&apos;s labels.</source>
        <translation>Andere Testdaten wählen, oder diese mit den Labels der Aufgabe importieren.</translation>
    </message>
    <message>
        <source>Accuracies are means over the {seeds} trainings; p values, confusion, errors and calibration are of their averaged answers.</source>
        <translation>Genauigkeiten sind Mittel über die {seeds} Trainings; p-Werte, Verwechslungen, Fehler und Kalibrierung gehören zu ihren gemittelten Antworten.</translation>
    </message>
    <message>
        <source>The model of all human data was not trained yet when this was written.</source>
        <translation>Das Modell aus allen menschlichen Daten war noch nicht trainiert, als das geschrieben wurde.</translation>
    </message>
    <message>
        <source>The test set has now been looked at once.</source>
        <translation>Die Testdaten sind nun einmal angesehen worden.</translation>
    </message>
    <message>
        <source>The test set has now been looked at twice.</source>
        <translation>Die Testdaten sind nun zweimal angesehen worden.</translation>
    </message>
    <message>
        <source>The test set has now been looked at {times} times.</source>
        <translation>Die Testdaten sind nun {times}-mal angesehen worden.</translation>
    </message>
    <message>
        <source>There is no comparison with human data: {said}</source>
        <translation>Es gibt keinen Vergleich mit menschlichen Daten: {said}</translation>
    </message>
    <message>
        <source>{name} has no train split; that of {others} counts once it is imported under the name {same}.</source>
        <translation>{name} hat keine Trainingsdaten; die von {others} zählen, sobald sie unter dem Namen {same} importiert sind.</translation>
    </message>
    <message>
        <source>{known} human training examples ask what the test set asks: they are left out, for a model must not have seen what it is judged on.</source>
        <translation>{known} menschliche Trainingsbeispiele fragen, was auch die Testdaten fragen: Sie bleiben weg, denn ein Modell darf nicht gesehen haben, woran es beurteilt wird.</translation>
    </message>
    <message>
        <source>{fewer} of {items} test items offer fewer options than the {labels} labels of the task; each model chooses among what is offered, which is easier.</source>
        <translation>{fewer} von {items} Testaufgaben bieten weniger Optionen als die {labels} Labels der Aufgabe; jedes Modell wählt unter denen, die da sind, und das ist leichter.</translation>
    </message>
    <message>
        <source>There are {many} human examples to train on, fewer than created ones.</source>
        <translation>Zum Trainieren gibt es {many} menschliche Beispiele, weniger als erzeugte.</translation>
    </message>
    <message>
        <source>Early stopping, {said}: kept {said2} of at most {most}, the best on {many} {said3}.</source>
        <translation>Frühes Ende, {said}: {said2} von höchstens {most} behalten, am besten auf {many} {said3}.</translation>
    </message>
    <message>
        <source>epoch {number}</source>
        <translation>Epoche {number}</translation>
    </message>
    <message>
        <source>epochs {numbers} (one for each seed)</source>
        <translation>Epochen {numbers} (eine je Startzahl)</translation>
    </message>
    <message>
        <source>held-out examples of the same data</source>
        <translation>zurückgehaltenen Beispielen derselben Daten</translation>
    </message>
    <message>
        <source>created examples held out by branch</source>
        <translation>erzeugten Beispielen, nach Zweigen zurückgehalten</translation>
    </message>
    <message>
        <source>All models were trained with the learning rate {rate}, the best of {others} on {items} created examples held out by branch ({said}).</source>
        <translation>Alle Modelle wurden mit der Lernrate {rate} trainiert, der besten aus {others} auf {items} nach Zweigen zurückgehaltenen erzeugten Beispielen ({said}).</translation>
    </message>
    <message>
        <source>95 %: {low} to {high}; flattered by the choice</source>
        <translation>95 %: {low} bis {high}; durch die Auswahl geschönt</translation>
    </message>
    <message>
        <source>95 %: {low} to {high}; flattered by the choice; among equals the lower loss decided</source>
        <translation>95 %: {low} bis {high}; durch die Auswahl geschönt; unter gleichen entschied der kleinere Verlust</translation>
    </message>
    <message>
        <source>Judged on a dev set, which may steer what is grown; no test set was looked at.</source>
        <translation>Beurteilt an Dev-Daten, die das Wachsen lenken dürfen; Testdaten wurden nicht angesehen.</translation>
    </message>
    <message>
        <source>{many} slices were looked at, each against all other items: after Holm&apos;s correction for that many looks, none is distinguishable from the rest.</source>
        <translation>{many} Teilmengen wurden angesehen, jede gegen alle anderen Aufgaben: Nach Holms Korrektur für so viele Blicke ist keine vom Rest unterscheidbar.</translation>
    </message>
    <message>
        <source>{many} slices were looked at, each against all other items.</source>
        <translation>{many} Teilmengen wurden angesehen, jede gegen alle anderen Aufgaben.</translation>
    </message>
    <message>
        <source>After Holm&apos;s correction for that many looks these differ from the rest: {slices}.</source>
        <translation>Nach Holms Korrektur für so viele Blicke weichen diese vom Rest ab: {slices}.</translation>
    </message>
    <message>
        <source>No branch could be left out: too little would be left to train on.</source>
        <translation>Kein Zweig konnte weggelassen werden: Zum Trainieren bliebe zu wenig übrig.</translation>
    </message>
    <message>
        <source>Of {many} branches none can be told to help or to harm: seeds and items differ more.</source>
        <translation>Von keinem der {many} Zweige lässt sich sagen, ob er hilft oder schadet: Startzahlen und Aufgaben streuen mehr.</translation>
    </message>
    <message>
        <source>Which example is the next formatting example.</source>
        <translation>Welches Beispiel die nächste Vorlage ist.</translation>
    </message>
    <message>
        <source>Stop when this many are kept by this run; what the last call gave beyond that is paid for and kept.</source>
        <translation>Anhalten, sobald dieser Lauf so viele behalten hat; was der letzte Aufruf darüber hinaus ergab, ist bezahlt und wird behalten.</translation>
    </message>
    <message>
        <source>Examples wanted from one formatting example (one call).</source>
        <translation>Beispiele, die aus einer Vorlage gewünscht werden (ein Aufruf).</translation>
    </message>
    <message>
        <source>Who writes the examples: the model in the box, or a hosted one.</source>
        <translation>Wer die Beispiele schreibt: das mitgelieferte Modell oder ein gehostetes.</translation>
    </message>
    <message>
        <source>Name of the hosted model, or path of a GGUF file; empty: the model in the box.</source>
        <translation>Name des gehosteten Modells oder Pfad einer GGUF-Datei; leer: das mitgelieferte Modell.</translation>
    </message>
    <message>
        <source>Address of an OpenAI-compatible server; empty: OpenAI itself.</source>
        <translation>Adresse eines OpenAI-kompatiblen Servers; leer: OpenAI selbst.</translation>
    </message>
    <message>
        <source>Name under which the key is kept in the keyring or the environment.</source>
        <translation>Name, unter dem der Schlüssel im Schlüsselbund oder in der Umgebung liegt.</translation>
    </message>
    <message>
        <source>Sampling temperature.</source>
        <translation>Temperatur des Ziehens.</translation>
    </message>
    <message>
        <source>Longest reply, in tokens.</source>
        <translation>Längste Ausgabe, in Tokens.</translation>
    </message>
    <message>
        <source>The most requests in flight at once; fewer where the server is busy.</source>
        <translation>Höchstens so viele Anfragen zugleich unterwegs; weniger, wo der Server viel zu tun hat.</translation>
    </message>
    <message>
        <source>Send no more requests than this in a minute.</source>
        <translation>Nicht mehr Anfragen als so viele in der Minute senden.</translation>
    </message>
    <message>
        <source>Use no more tokens than about this many in a minute.</source>
        <translation>Nicht mehr als etwa so viele Tokens in der Minute verbrauchen.</translation>
    </message>
    <message>
        <source>Never use more than this many tokens, of prompts and replies together.</source>
        <translation>Nie mehr als so viele Tokens verbrauchen, Prompts und Ausgaben zusammen.</translation>
    </message>
    <message>
        <source>Stop after this many calls.</source>
        <translation>Nach so vielen Aufrufen aufhören.</translation>
    </message>
    <message>
        <source>The number that fixes every random choice of the run.</source>
        <translation>Die Zahl, die jede zufällige Wahl des Laufs festlegt.</translation>
    </message>
    <message>
        <source>An answer is kept from this share of the check&apos;s yes and no.</source>
        <translation>Eine Antwort bleibt ab diesem Anteil am Ja und Nein der Prüfung.</translation>
    </message>
    <message>
        <source>Up to this share it is turned round; in between the example is discarded.</source>
        <translation>Bis zu diesem Anteil wird sie umgedreht; dazwischen wird das Beispiel verworfen.</translation>
    </message>
    <message>
        <source>Cosine from which a new example counts as a twin of a kept one.</source>
        <translation>Kosinus, ab dem ein neues Beispiel als Zwilling eines behaltenen gilt.</translation>
    </message>
    <message>
        <source>Cosine from which it counts as a leak of a human test or dev example.</source>
        <translation>Kosinus, ab dem es als Leck eines menschlichen Test- oder Dev-Beispiels gilt.</translation>
    </message>
    <message>
        <source>So many words in a row that both have count as a leak, too.</source>
        <translation>Auch so viele gleiche Wörter hintereinander gelten als Leck.</translation>
    </message>
    <message>
        <source>Never spend more than this many US dollars.</source>
        <translation>Nie mehr als so viele US-Dollar ausgeben.</translation>
    </message>
    <message>
        <source>Also train on as many human examples, where there are some.</source>
        <translation>Auch mit gleich vielen menschlichen Beispielen trainieren, wo es welche gibt.</translation>
    </message>
    <message>
        <source>Train on approved examples only, instead of all that are not rejected.</source>
        <translation>Nur mit angenommenen Beispielen trainieren statt mit allen, die nicht abgelehnt sind.</translation>
    </message>
    <message>
        <source>The human data set whose test split judges the models.</source>
        <translation>Der menschliche Datensatz, dessen Testteil die Modelle beurteilt.</translation>
    </message>
    <message>
        <source>Folder or hub name of the encoder; empty: the one in the box (MiniLM).</source>
        <translation>Ordner oder Hub-Name des Encoders; leer: der mitgelieferte (MiniLM).</translation>
    </message>
    <message>
        <source>Passes over the examples; empty: the recipe of the task&apos;s form.</source>
        <translation>Durchgänge durch die Beispiele; leer: das Rezept für die Form der Aufgabe.</translation>
    </message>
    <message>
        <source>End after so many epochs without gain on held-out examples, keep the best epoch (early stopping); 0: off.</source>
        <translation>Nach so vielen Epochen ohne Gewinn auf zurückgehaltenen Beispielen enden, die beste Epoche behalten (frühes Ende); 0: aus.</translation>
    </message>
    <message>
        <source>Peak learning rate; empty: the recipe of the task&apos;s form.</source>
        <translation>Höchste Lernrate; leer: das Rezept für die Form der Aufgabe.</translation>
    </message>
    <message>
        <source>Examples a step.</source>
        <translation>Beispiele je Schritt.</translation>
    </message>
    <message>
        <source>Longest text in tokens; empty: the recipe of the task&apos;s form.</source>
        <translation>Längster Text in Tokens; leer: das Rezept für die Form der Aufgabe.</translation>
    </message>
    <message>
        <source>Lower layers kept as they are; empty: the recipe of the task&apos;s form.</source>
        <translation>Untere Schichten, die bleiben, wie sie sind; leer: das Rezept für die Form der Aufgabe.</translation>
    </message>
    <message>
        <source>Rank of LoRA adapters, which alone learn and are merged at the end; 0: all weights learn.</source>
        <translation>Rang der LoRA-Adapter, die allein lernen und am Ende eingerechnet werden; 0: alle Gewichte lernen.</translation>
    </message>
    <message>
        <source>Multiple choice: read each option together with its question (slower), instead of apart.</source>
        <translation>Auswahlfragen: jede Option zusammen mit ihrer Frage lesen (langsamer), statt getrennt.</translation>
    </message>
    <message>
        <source>Weigh rare labels up, so that every label counts the same.</source>
        <translation>Seltene Labels stärker gewichten, sodass jedes Label gleich viel zählt.</translation>
    </message>
    <message>
        <source>Seed numbers: one training each.</source>
        <translation>Startzahlen: je eine ein Training.</translation>
    </message>
    <message>
        <source>How often the answer of each example is asked for.</source>
        <translation>Wie oft nach der Antwort jedes Beispiels gefragt wird.</translation>
    </message>
    <message>
        <source>Common-sense claims</source>
        <translation>Behauptungen des Alltagswissens</translation>
    </message>
    <message>
        <source>Yes or no without a passage: is the claim true?</source>
        <translation>Ja oder nein ohne Passage: Stimmt die Behauptung?</translation>
    </message>
    <message>
        <source>Yes or no questions that need a thought</source>
        <translation>Ja-nein-Fragen, die einen Gedanken brauchen</translation>
    </message>
    <message>
        <source>Yes or no without a passage: two facts must be put together.</source>
        <translation>Ja oder nein ohne Passage: Zwei Tatsachen sind zu verbinden.</translation>
    </message>
    <message>
        <source>Everyday goals, two ways to reach them</source>
        <translation>Alltagsziele, zwei Wege dorthin</translation>
    </message>
    <message>
        <source>Multiple choice with two options of its own for each question.</source>
        <translation>Auswahl aus zwei eigenen Optionen je Frage.</translation>
    </message>
    <message>
        <source>Everyday questions, five answers</source>
        <translation>Alltagsfragen, fünf Antworten</translation>
    </message>
    <message>
        <source>Multiple choice with five options of its own for each question.</source>
        <translation>Auswahl aus fünf eigenen Optionen je Frage.</translation>
    </message>
    <message>
        <source>Yes or no, with a passage to read</source>
        <translation>Ja oder nein, mit einer Passage zum Lesen</translation>
    </message>
    <message>
        <source>The answer to each question stands in its passage.</source>
        <translation>Die Antwort auf jede Frage steht in ihrer Passage.</translation>
    </message>
    <message>
        <source>Costs money by tokens.</source>
        <translation>Kostet Geld je Token.</translation>
    </message>
    <message>
        <source>Put the name of your resource for NAME; the model is the name of your deployment.</source>
        <translation>Für NAME den Namen der eigenen Ressource einsetzen; das Modell ist der Name der Bereitstellung.</translation>
    </message>
    <message>
        <source>Needs no key on this machine; the model is one that was pulled.</source>
        <translation>Braucht auf diesem Rechner keinen Schlüssel; das Modell ist eines, das geholt wurde.</translation>
    </message>
    <message>
        <source>Start its server on the Developer page.</source>
        <translation>Seinen Server auf der Seite Developer starten.</translation>
    </message>
    <message>
        <source>llama-server -m MODEL.gguf; it has one model.</source>
        <translation>llama-server -m MODEL.gguf; er hat ein Modell.</translation>
    </message>
    <message>
        <source>vllm serve MODEL; the model is called as it was started.</source>
        <translation>vllm serve MODEL; das Modell heißt, wie es gestartet wurde.</translation>
    </message>
    <message>
        <source>A run is going on here.</source>
        <translation>Hier ist ein Lauf im Gang.</translation>
    </message>
    <message>
        <source>Stop it, or wait until it ends, then open another project.</source>
        <translation>Anhalten oder das Ende abwarten, dann ein anderes Projekt öffnen.</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>Nichts läuft.</translation>
    </message>
    <message>
        <source>helps</source>
        <translation>hilft</translation>
    </message>
    <message>
        <source>harms</source>
        <translation>schadet</translation>
    </message>
    <message>
        <source>cannot be told</source>
        <translation>nicht zu sagen</translation>
    </message>
    <message>
        <source>{name}: no strategy is finished yet.</source>
        <translation>{name}: Noch ist keine Strategie fertig.</translation>
    </message>
    <message>
        <source>always the same answer ({majority:.1f} %)</source>
        <translation>immer derselben Antwort ({majority:.1f} %)</translation>
    </message>
    <message numerus="yes">
        <source>{names} are above {constant}</source>
        <comment>{names} is above {constant}</comment>
        <translation>
            <numerusform>{names} liegt über {constant}</numerusform>
            <numerusform>{names} liegen über {constant}</numerusform>
        </translation>
    </message>
    <message>
        <source>none is above {constant}</source>
        <translation>keine liegt über {constant}</translation>
    </message>
    <message>
        <source>the untuned encoder ({share:.1f} %)</source>
        <translation>dem untrainierten Encoder ({share:.1f} %)</translation>
    </message>
    <message numerus="yes">
        <source>{names} are better than human data</source>
        <comment>{names} is better than human data</comment>
        <translation>
            <numerusform>{names} ist besser als menschliche Daten</numerusform>
            <numerusform>{names} sind besser als menschliche Daten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{names} are not distinguishable from human data</source>
        <comment>{names} is not distinguishable from human data</comment>
        <translation>
            <numerusform>{names} ist nicht von menschlichen Daten unterscheidbar</numerusform>
            <numerusform>{names} sind nicht von menschlichen Daten unterscheidbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{names} are worse than human data</source>
        <comment>{names} is worse than human data</comment>
        <translation>
            <numerusform>{names} ist schlechter als menschliche Daten</numerusform>
            <numerusform>{names} sind schlechter als menschliche Daten</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names} und {last}</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>Eltern</translation>
    </message>
    <message>
        <source>{state}, edited</source>
        <translation>{state}, bearbeitet</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Saat</translation>
    </message>
    <message>
        <source>always the same answer</source>
        <translation>immer dieselbe Antwort</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} items</source>
        <comment>{n:,} item</comment>
        <translation>
            <numerusform>{n:,} Aufgabe</numerusform>
            <numerusform>{n:,} Aufgaben</numerusform>
        </translation>
    </message>
    <message>
        <source>looked at once</source>
        <translation>einmal angesehen</translation>
    </message>
    <message>
        <source>looked at twice</source>
        <translation>zweimal angesehen</translation>
    </message>
    <message>
        <source>looked at {looks} times</source>
        <translation>{looks}-mal angesehen</translation>
    </message>
    <message>
        <source>{data} of {own}</source>
        <translation>{data} von {own}</translation>
    </message>
    <message>
        <source>{name} · run {run}</source>
        <translation>{name} · Lauf {run}</translation>
    </message>
    <message>
        <source>Test set</source>
        <translation>Testdaten</translation>
    </message>
    <message>
        <source>Branches held out</source>
        <translation>Zurückgehaltene Zweige</translation>
    </message>
    <message>
        <source>Dev set</source>
        <translation>Dev-Daten</translation>
    </message>
    <message>
        <source>Created data</source>
        <translation>Erzeugte Daten</translation>
    </message>
    <message>
        <source>All human data</source>
        <translation>Alle menschlichen Daten</translation>
    </message>
    <message>
        <source>{place:,} of {many:,}</source>
        <translation>{place:,} von {many:,}</translation>
    </message>
    <message>
        <source>{pace:.0f} decisions a minute</source>
        <translation>{pace:.0f} Entscheidungen je Minute</translation>
    </message>
    <message numerus="yes">
        <source>about {n:,} minutes left</source>
        <comment>about {n:,} minute left</comment>
        <translation>
            <numerusform>noch etwa {n:,} Minute</numerusform>
            <numerusform>noch etwa {n:,} Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>seed {training_seed}</source>
        <translation>Startzahl {training_seed}</translation>
    </message>
    <message>
        <source>seed {index} of {many}</source>
        <translation>Startzahl {index} von {many}</translation>
    </message>
    <message>
        <source>Your project is saved. The details are in {log}.</source>
        <translation>Das Projekt ist gespeichert. Die Einzelheiten stehen in {log}.</translation>
    </message>
    <message>
        <source>Something went wrong in the studio.</source>
        <translation>Im Studio ging etwas schief.</translation>
    </message>
    <message>
        <source>Asked again, the label hidden</source>
        <translation>Noch einmal gefragt, das Label verdeckt</translation>
    </message>
    <message>
        <source>Keep the label</source>
        <translation>Label behalten</translation>
    </message>
    <message>
        <source>Take its answer</source>
        <translation>Antwort übernehmen</translation>
    </message>
    <message>
        <source>Kept the label of #{number}.</source>
        <translation>Das Label von #{number} bleibt.</translation>
    </message>
    <message>
        <source>Ctrl+Z undoes it.</source>
        <translation>Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>The label of #{number} is the creator&apos;s answer now.</source>
        <translation>Das Label von #{number} ist jetzt die Antwort des Erzeugers.</translation>
    </message>
    <message numerus="yes">
        <source>{n} say {answer}</source>
        <comment>{n} says {answer}</comment>
        <translation>
            <numerusform>{n} sagt {answer}</numerusform>
            <numerusform>{n} sagen {answer}</numerusform>
        </translation>
    </message>
    <message>
        <source>Take “{short}”</source>
        <translation>„{short}“ übernehmen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>{share:.0f} percent</source>
        <translation>{share:.0f} Prozent</translation>
    </message>
    <message>
        <source>Fetching a batch</source>
        <translation>Ein Stapel wird geholt</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>Zweig</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Accuracy without</source>
        <translation>Genauigkeit ohne ihn</translation>
    </message>
    <message>
        <source>Points it gives</source>
        <translation>Punkte, die er gibt</translation>
    </message>
    <message>
        <source>95 of 100 repetitions</source>
        <translation>95 von 100 Wiederholungen</translation>
    </message>
    <message>
        <source>Each branch is left out in turn and the model trained again; what it gives is shown at the end.</source>
        <translation>Jeder Zweig wird reihum weggelassen und das Modell neu trainiert; was er gibt, steht am Ende hier.</translation>
    </message>
    <message>
        <source>By chance about one in a hundred branches that give nothing is answered all the same.</source>
        <translation>Durch Zufall bekommt etwa einer von hundert Zweigen, die nichts geben, trotzdem eine Antwort.</translation>
    </message>
    <message>
        <source>Trains again without each of the three branches in doubt; takes about four times as long as this training.</source>
        <translation>Trainiert neu ohne jeden der drei zweifelhaften Zweige; dauert etwa viermal so lange wie dieses Training.</translation>
    </message>
    <message>
        <source>Run {run} trained again without each, {seeds} seeds, judged on {judged_on}.</source>
        <translation>Lauf {run} neu trainiert ohne jeden, {seeds} Startzahlen, beurteilt an: {judged_on}.</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Taste {key}</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>{sure:.0f} % sure: {right:.0f} % right, {items} items</source>
        <translation>{sure:.0f} % sicher: {right:.0f} % richtig, {items} Aufgaben</translation>
    </message>
    <message>
        <source>Judged by the test set of {name}, which is looked at once more.</source>
        <translation>Beurteilt an den Testdaten von {name}, die dabei einmal mehr angesehen werden.</translation>
    </message>
    <message>
        <source>Each strategy grows from the seed in a file of its own; a small model is trained on each.</source>
        <translation>Jede Strategie wächst aus der Saat in einer eigenen Datei; mit jeder wird ein kleines Modell trainiert.</translation>
    </message>
    <message>
        <source>Compare strategies</source>
        <translation>Strategien vergleichen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>Strategien</translation>
    </message>
    <message>
        <source>Examples each</source>
        <translation>Beispiele je Wachstum</translation>
    </message>
    <message>
        <source>Kept in each growth.</source>
        <translation>So viele werden je Wachstum behalten.</translation>
    </message>
    <message>
        <source>Growths each</source>
        <translation>Wachstümer je Strategie</translation>
    </message>
    <message>
        <source>With another seed number each; one says little.</source>
        <translation>Jedes mit einer anderen Startzahl; eines sagt wenig.</translation>
    </message>
    <message>
        <source>The model in the box, or a GGUF file</source>
        <translation>Das mitgelieferte Modell oder eine GGUF-Datei</translation>
    </message>
    <message>
        <source>A hosted model or a server</source>
        <translation>Ein gehostetes Modell oder ein Server</translation>
    </message>
    <message>
        <source>Creator</source>
        <translation>Erzeuger</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>Serveradresse</translation>
    </message>
    <message>
        <source>Name of the key</source>
        <translation>Name des Schlüssels</translation>
    </message>
    <message>
        <source>Budget of a growth</source>
        <translation>Budget je Wachstum</translation>
    </message>
    <message>
        <source>Never spend more than this many US dollars in one growth.</source>
        <translation>Nie mehr als so viele US-Dollar in einem Wachstum ausgeben.</translation>
    </message>
    <message>
        <source>Also train on as many human examples</source>
        <translation>Auch mit gleich vielen menschlichen Beispielen trainieren</translation>
    </message>
    <message>
        <source>The paper&apos;s pairs, instead of this seed</source>
        <translation>Die Paare des Artikels statt dieser Saat</translation>
    </message>
    <message>
        <source>Each of its data sets grows from its own first example, and is asked its pair&apos;s test set</source>
        <translation>Jeder Datensatz wächst aus seinem ersten Beispiel und wird mit den Testdaten seines Paars geprüft</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} requests</source>
        <comment>{n:,} request</comment>
        <translation>
            <numerusform>{n:,} Anfrage</numerusform>
            <numerusform>{n:,} Anfragen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} growths</source>
        <comment>{n:,} growth</comment>
        <translation>
            <numerusform>{n:,} Wachstum</numerusform>
            <numerusform>{n:,} Wachstümer</numerusform>
        </translation>
    </message>
    <message>
        <source>{growths}: about {asked}, {used}, on this machine: free.</source>
        <translation>{growths}: etwa {asked}, {used}, auf diesem Rechner: kostenlos.</translation>
    </message>
    <message>
        <source>{growths}: about {asked}, {used}. The price of this model is not known here.</source>
        <translation>{growths}: etwa {asked}, {used}. Der Preis dieses Modells ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>{growths}: about {asked}, {used}: {low} to {high}.</source>
        <translation>{growths}: etwa {asked}, {used}: {low} bis {high}.</translation>
    </message>
    <message>
        <source>Import human data with a test split first: it judges the strategies.</source>
        <translation>Zuerst menschliche Daten mit einem Testteil importieren: Sie beurteilen die Strategien.</translation>
    </message>
    <message>
        <source>Choose at least one strategy.</source>
        <translation>Mindestens eine Strategie wählen.</translation>
    </message>
    <message>
        <source>Name the model.</source>
        <translation>Das Modell nennen.</translation>
    </message>
    <message>
        <source>All models, all test sets</source>
        <translation>Alle Modelle, alle Testdaten</translation>
    </message>
    <message>
        <source>The paper&apos;s pairs</source>
        <translation>Die Paare des Artikels</translation>
    </message>
    <message>
        <source>Every trained model is asked every human test set of its form; each test set is looked at once more.</source>
        <translation>Jedes trainierte Modell wird alle menschlichen Testdaten seiner Form gefragt; alle Testdaten werden einmal mehr angesehen.</translation>
    </message>
    <message>
        <source>Every trained model is asked its own test set and the one that the paper pairs with it; no other is looked at.</source>
        <translation>Jedes trainierte Modell bekommt seine eigenen Testdaten und die, die der Artikel damit paart; keine anderen werden angesehen.</translation>
    </message>
    <message>
        <source>No two human data sets of the paper&apos;s pairs are in the project.</source>
        <translation>Im Projekt sind keine zwei menschlichen Datensätze, die der Artikel paart.</translation>
    </message>
    <message>
        <source>Accuracy in percent with half of its 95 % interval, over test items and growths. Colour only where the interval of the difference to human data excludes zero, without correction for being several.</source>
        <translation>Genauigkeit in Prozent mit der Hälfte ihres 95-%-Intervalls, über Testaufgaben und Wachstümer. Farbe nur, wo das Intervall des Unterschieds zu menschlichen Daten die Null ausschließt, ohne Korrektur für mehrere.</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>Growths</source>
        <translation>Wachstümer</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>Strategies beside each other</source>
        <translation>Strategien nebeneinander</translation>
    </message>
    <message>
        <source>Each strategy grows a tree of its own from the same seed, a small model is trained on each, and all are judged on the same human test set. It needs a seed and human data with a test split.</source>
        <translation>Jede Strategie lässt aus derselben Saat einen eigenen Baum wachsen, mit jedem wird ein kleines Modell trainiert, und alle werden an denselben menschlichen Testdaten beurteilt. Nötig sind eine Saat und menschliche Daten mit einem Testteil.</translation>
    </message>
    <message>
        <source>Compare strategies …</source>
        <translation>Strategien vergleichen …</translation>
    </message>
    <message>
        <source>The experiment</source>
        <translation>Der Versuch</translation>
    </message>
    <message>
        <source>Train and evaluate first, and let nothing else run.</source>
        <translation>Zuerst trainieren und testen, und nichts anderes laufen lassen.</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>No model was asked yet.</source>
        <translation>Noch wurde kein Modell gefragt.</translation>
    </message>
    <message>
        <source>No cell is finished yet. Each is shown here as soon as it is.</source>
        <translation>Noch ist keine Zelle fertig. Jede steht hier, sobald sie es ist.</translation>
    </message>
    <message>
        <source>Run {id} · the paper&apos;s pairs</source>
        <translation>Lauf {id} · die Paare des Artikels</translation>
    </message>
    <message>
        <source>Run {id} · all models, all test sets</source>
        <translation>Lauf {id} · alle Modelle, alle Testdaten</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} strategies</source>
        <comment>{n:,} strategy</comment>
        <translation>
            <numerusform>{n:,} Strategie</numerusform>
            <numerusform>{n:,} Strategien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} growths each</source>
        <comment>{n:,} growth each</comment>
        <translation>
            <numerusform>je {n:,} Wachstum</numerusform>
            <numerusform>je {n:,} Wachstümer</numerusform>
        </translation>
    </message>
    <message>
        <source>Run {id} · {many}, {seeds} of {target:,}</source>
        <translation>Lauf {id} · {many}, {seeds} mit {target:,}</translation>
    </message>
    <message>
        <source>In distribution</source>
        <translation>Innerhalb der Verteilung</translation>
    </message>
    <message>
        <source>Out of distribution</source>
        <translation>Außerhalb der Verteilung</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>Trainiert mit</translation>
    </message>
    <message>
        <source>one answer for nearly all</source>
        <translation>fast immer eine Antwort</translation>
    </message>
    <message>
        <source>{name} · accuracy, % · always the same answer dashed</source>
        <translation>{name} · Genauigkeit, % · immer dieselbe Antwort gestrichelt</translation>
    </message>
    <message>
        <source>What was made</source>
        <translation>Was entstanden ist</translation>
    </message>
    <message>
        <source>Not trained: {why}</source>
        <translation>Nicht trainiert: {why}</translation>
    </message>
    <message>
        <source>What the paper printed, for data of gpt-3.5-turbo and RoBERTa-large</source>
        <translation>Was der Artikel druckt, für Daten von gpt-3.5-turbo und RoBERTa-large</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>A kept one</source>
        <translation>Ein behaltenes</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>An approved one</source>
        <translation>Ein angenommenes</translation>
    </message>
    <message>
        <source>By strategy</source>
        <translation>Nach Strategie</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>Nach Modell</translation>
    </message>
    <message>
        <source>By depth</source>
        <translation>Nach Tiefe</translation>
    </message>
    <message>
        <source>Nothing was asked yet. Grow a tree: what it costs will be said here.</source>
        <translation>Noch wurde nichts gefragt. Einen Baum wachsen lassen: Was er kostet, steht dann hier.</translation>
    </message>
    <message>
        <source>What the servers reported. A growth&apos;s estimate stands as it was told before it began.</source>
        <translation>Was die Server gemeldet haben. Die Schätzung eines Wachstums steht, wie sie vor seinem Beginn genannt wurde.</translation>
    </message>
    <message>
        <source>What growths cost</source>
        <translation>Was Wachstümer kosten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Run {run}</source>
        <translation>Lauf {run}</translation>
    </message>
    <message>
        <source>Told beforehand</source>
        <translation>Vorher genannt</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>{low} to {high} tokens</source>
        <translation>{low} bis {high} Tokens</translation>
    </message>
    <message>
        <source>{amount:,.0f} tokens</source>
        <translation>{amount:,.0f} Tokens</translation>
    </message>
    <message>
        <source>Learning curve</source>
        <translation>Lernkurve</translation>
    </message>
    <message>
        <source>{model}: loss {loss:.3f}</source>
        <translation>{model}: Verlust {loss:.3f}</translation>
    </message>
    <message>
        <source>line: loss (left) · dots: accuracy (right)</source>
        <translation>Linie: Verlust (links) · Punkte: Genauigkeit (rechts)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Use a GGUF file …</source>
        <translation>GGUF-Datei nehmen …</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Ein Modell wählen</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf);;All files (*)</source>
        <translation>GGUF-Modelle (*.gguf);;Alle Dateien (*)</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} topics of yours</source>
        <comment>{n:,} topic of yours</comment>
        <translation>
            <numerusform>{n:,} eigenes Thema</numerusform>
            <numerusform>{n:,} eigene Themen</numerusform>
        </translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>Themen</translation>
    </message>
    <message>
        <source>Each request of the embedded creator is about another one of these, in a random order, until all had their turn. One a line.</source>
        <translation>Jede Anfrage an den mitgelieferten Erzeuger handelt von einem anderen dieser Themen, in zufälliger Folge, bis alle an der Reihe waren. Eines je Zeile.</translation>
    </message>
    <message>
        <source>Use these</source>
        <translation>Diese nehmen</translation>
    </message>
    <message>
        <source>Topics, one a line</source>
        <translation>Themen, eines je Zeile</translation>
    </message>
    <message>
        <source>Medicine</source>
        <translation>Medizin</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Alltag</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} topics</source>
        <comment>{n:,} topic</comment>
        <translation>
            <numerusform>{n:,} Thema</numerusform>
            <numerusform>{n:,} Themen</numerusform>
        </translation>
    </message>
    <message>
        <source>Give at least one topic.</source>
        <translation>Mindestens ein Thema angeben.</translation>
    </message>
    <message>
        <source>{more} more of {many:,}</source>
        <translation>{more} weitere von {many:,}</translation>
    </message>
    <message>
        <source>{sureness:.0f} % sure</source>
        <translation>{sureness:.0f} % sicher</translation>
    </message>
    <message>
        <source>answered “{answer}”, rightly · {sure}</source>
        <translation>geantwortet „{answer}“, richtig · {sure}</translation>
    </message>
    <message>
        <source>answered “{answer}” · right: “{right}” · {sure}</source>
        <translation>geantwortet „{answer}“ · richtig: „{right}“ · {sure}</translation>
    </message>
    <message>
        <source>Open in the tree</source>
        <translation>Im Baum öffnen</translation>
    </message>
    <message>
        <source>is not in the tree any more</source>
        <translation>ist nicht mehr im Baum</translation>
    </message>
    <message>
        <source>{branch} · likeness {likeness:.2f}</source>
        <translation>{branch} · Ähnlichkeit {likeness:.2f}</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} errors</source>
        <comment>{n:,} error</comment>
        <translation>
            <numerusform>{n:,} Fehler</numerusform>
            <numerusform>{n:,} Fehler</numerusform>
        </translation>
    </message>
    <message>
        <source>The errors of the test set are for understanding only: growing by them would make the test worthless.</source>
        <translation>Die Fehler an den Testdaten sind nur zum Verstehen da: Nach ihnen wachsen zu lassen, würde den Test wertlos machen.</translation>
    </message>
    <message>
        <source>Created examples that were held out, in whole branches. The tree may be grown by these errors.</source>
        <translation>Erzeugte Beispiele, die zurückgehalten wurden, in ganzen Zweigen. Der Baum darf nach diesen Fehlern wachsen.</translation>
    </message>
    <message>
        <source>Human examples that no compared model was trained on and no verdict counts: the tree may grow by them.</source>
        <translation>Menschliche Beispiele, mit denen kein verglichenes Modell trainiert wurde und die in kein Urteil eingehen: Der Baum darf nach ihnen wachsen.</translation>
    </message>
    <message>
        <source>Right “{right}”, answered “{said}”</source>
        <translation>Richtig „{right}“, geantwortet „{said}“</translation>
    </message>
    <message>
        <source>Where the model trained on created data is wrong</source>
        <translation>Wo das mit erzeugten Daten trainierte Modell irrt</translation>
    </message>
    <message>
        <source>Where the model trained on human data is wrong</source>
        <translation>Wo das mit menschlichen Daten trainierte Modell irrt</translation>
    </message>
    <message>
        <source>Where the model trained on all human data is wrong</source>
        <translation>Wo das mit allen menschlichen Daten trainierte Modell irrt</translation>
    </message>
    <message>
        <source>Below each error: the examples of the tree that lie nearest, which did not teach this model.</source>
        <translation>Unter jedem Fehler: die nächstliegenden Beispiele des Baums; dieses Modell hat nicht aus ihnen gelernt.</translation>
    </message>
    <message>
        <source>{errors} of {items:,}</source>
        <translation>{errors} von {items:,}</translation>
    </message>
    <message>
        <source>Confusion · {said}</source>
        <translation>Verwechslungen · {said}</translation>
    </message>
    <message>
        <source>A click on a cell lists what is in it.</source>
        <translation>Ein Klick auf eine Zelle listet auf, was darin ist.</translation>
    </message>
    <message>
        <source>As often right as it is sure?</source>
        <translation>So oft richtig, wie es sicher ist?</translation>
    </message>
    <message>
        <source>Across: sure, %; upright: right, % (95 % intervals); below: items. Hollow: few items.</source>
        <translation>Waagrecht: sicher, %; senkrecht: richtig, % (95-%-Intervalle); unten: Aufgaben. Hohl: wenige Aufgaben.</translation>
    </message>
    <message>
        <source>Errors that belong together</source>
        <translation>Fehler, die zusammengehören</translation>
    </message>
    <message>
        <source>Grow and train in rounds …</source>
        <translation>In Runden wachsen und trainieren …</translation>
    </message>
    <message>
        <source>{errors} · nearest: {near}</source>
        <translation>{errors} · am nächsten: {near}</translation>
    </message>
    <message>
        <source>Grow there …</source>
        <translation>Dort wachsen lassen …</translation>
    </message>
    <message>
        <source>All errors</source>
        <translation>Alle Fehler</translation>
    </message>
    <message>
        <source>Grow where these are …</source>
        <translation>Bei diesen wachsen lassen …</translation>
    </message>
    <message>
        <source>From the examples that lie nearest, with the kind of these errors as the instruction</source>
        <translation>Aus den nächstliegenden Beispielen, mit der Art dieser Fehler als Anweisung</translation>
    </message>
    <message>
        <source>Errors where {by} is: {name}</source>
        <translation>Fehler mit {by}: {name}</translation>
    </message>
    <message>
        <source>Errors about: {name}</source>
        <translation>Fehler über: {name}</translation>
    </message>
    <message>
        <source>more sure than right</source>
        <translation>öfter sicher als richtig</translation>
    </message>
    <message>
        <source>less sure than right</source>
        <translation>seltener sicher als richtig</translation>
    </message>
    <message>
        <source>On average {sure} % sure and {right} % right.</source>
        <translation>Im Mittel {sure} % sicher und {right} % richtig.</translation>
    </message>
    <message>
        <source>Expected calibration error {error} points; chance alone stays below {chance} with so many items: it is {more}.</source>
        <translation>Erwarteter Kalibrierungsfehler {error} Punkte; der Zufall allein bleibt bei so vielen Aufgaben unter {chance}: Es ist {more}.</translation>
    </message>
    <message>
        <source>Expected calibration error {error} points; chance alone gives up to {chance} with so many items: no sign of being off.</source>
        <translation>Erwarteter Kalibrierungsfehler {error} Punkte; der Zufall allein gibt bei so vielen Aufgaben bis zu {chance}: kein Anzeichen einer Abweichung.</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>No answer is chosen.</source>
        <translation>Keine Antwort ist gewählt.</translation>
    </message>
    <message>
        <source>Choose one of the options.</source>
        <translation>Eine der Optionen wählen.</translation>
    </message>
    <message>
        <source>Each example of a level is once the formatting example of the next. Stays near the seed.</source>
        <translation>Jedes Beispiel einer Ebene ist einmal die Vorlage der nächsten. Bleibt nah an der Saat.</translation>
    </message>
    <message>
        <source>Always the one it begins with: a star, all calls at once, and it repeats itself soonest.</source>
        <translation>Immer die, mit der es beginnt: ein Stern, alle Aufrufe zugleich, und er wiederholt sich am ehesten.</translation>
    </message>
    <message>
        <source>One of the last call&apos;s examples, at random: a chain that wanders.</source>
        <translation>Eines der Beispiele des letzten Aufrufs, zufällig: eine Kette, die wandert.</translation>
    </message>
    <message>
        <source>Of the last call&apos;s examples the one least like its parent: a chain that moves away.</source>
        <translation>Von den Beispielen des letzten Aufrufs das den Eltern unähnlichste: eine Kette, die sich entfernt.</translation>
    </message>
    <message>
        <source>Of the last call&apos;s examples the one most like its parent: a chain that stays near.</source>
        <translation>Von den Beispielen des letzten Aufrufs das den Eltern ähnlichste: eine Kette, die nah bleibt.</translation>
    </message>
    <message>
        <source>A run that finds nothing approved stops; approve some, and it goes on from there.</source>
        <translation>Ein Lauf, der nichts Angenommenes findet, hält an; einige annehmen, und er geht von da weiter.</translation>
    </message>
    <message>
        <source>What the new examples should be about, in your words.</source>
        <translation>Wovon die neuen Beispiele handeln sollen, in eigenen Worten.</translation>
    </message>
    <message>
        <source>Side by side, each going its own way: faster. The method of the paper is one chain.</source>
        <translation>Nebeneinander, jede auf eigenem Weg: schneller. Die Methode des Artikels ist eine Kette.</translation>
    </message>
    <message>
        <source>The model in the box is a demonstrator: it runs anywhere, but its labels are noise.</source>
        <translation>Das mitgelieferte Modell dient der Anschauung: Es läuft überall, aber seine Labels sind Rauschen.</translation>
    </message>
    <message>
        <source>The model answers each question again from its passage; what it contradicts is discarded.</source>
        <translation>Das Modell beantwortet jede Frage noch einmal aus ihrer Passage; was dem widerspricht, wird verworfen.</translation>
    </message>
    <message>
        <source>0: one fewer than there are cores, which keeps the machine quiet; all cores make larger models faster.</source>
        <translation>0: einer weniger, als es Kerne gibt, was den Rechner ruhig hält; alle Kerne machen größere Modelle schneller.</translation>
    </message>
    <message>
        <source>The studio can be closed meanwhile; fewer than ten requests are asked at once, at the full price.</source>
        <translation>Das Studio kann inzwischen zu sein; weniger als zehn Anfragen werden sofort und zum vollen Preis gestellt.</translation>
    </message>
    <message>
        <source>Grow from {many:,} examples</source>
        <translation>Aus {many:,} Beispielen wachsen lassen</translation>
    </message>
    <message>
        <source>Grow from #{parent}</source>
        <translation>Aus #{parent} wachsen lassen</translation>
    </message>
    <message>
        <source>Grow from the seed</source>
        <translation>Aus der Saat wachsen lassen</translation>
    </message>
    <message>
        <source>{named} and {more:,} more, all in one run.</source>
        <translation>{named} und {more:,} weitere, alles in einem Lauf.</translation>
    </message>
    <message>
        <source>{named}, all in one run.</source>
        <translation>{named}, alles in einem Lauf.</translation>
    </message>
    <message>
        <source>Grow where it is weak, in rounds</source>
        <translation>Wachsen lassen, wo es schwach ist, in Runden</translation>
    </message>
    <message>
        <source>Up to {rounds} rounds: each grows from what lies nearest to the errors on the dev set, then trains. It ends where a round brings no gain. Examples and estimate are of one round, the budget is of all.</source>
        <translation>Bis zu {rounds} Runden: Jede wächst aus dem, was den Fehlern an den Dev-Daten am nächsten liegt, dann wird trainiert. Es endet, wo eine Runde keinen Gewinn bringt. Beispiele und Schätzung gelten für eine Runde, das Budget für alle.</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Wachsen</translation>
    </message>
    <message>
        <source>Only approved examples</source>
        <translation>Nur angenommene Beispiele</translation>
    </message>
    <message>
        <source>Parents</source>
        <translation>Eltern</translation>
    </message>
    <message>
        <source>Examples to keep</source>
        <translation>Zu behalten</translation>
    </message>
    <message>
        <source>Examples a call</source>
        <translation>Beispiele je Aufruf</translation>
    </message>
    <message>
        <source>What about</source>
        <translation>Worüber</translation>
    </message>
    <message>
        <source>Anything like the seed</source>
        <translation>Alles, was der Saat ähnelt</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Answers checked</source>
        <translation>Antworten prüfen</translation>
    </message>
    <message>
        <source>With their passages</source>
        <translation>Mit ihren Passagen</translation>
    </message>
    <message>
        <source>In batches</source>
        <translation>In Stapeln</translation>
    </message>
    <message>
        <source>Half the price, answered within 24 hours</source>
        <translation>Halber Preis, Antwort binnen 24 Stunden</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Chains</source>
        <translation>Ketten</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Longest reply</source>
        <translation>Längste Ausgabe</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Zugleich</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Requests a minute</source>
        <translation>Anfragen/Minute</translation>
    </message>
    <message>
        <source>Tokens a minute</source>
        <translation>Tokens/Minute</translation>
    </message>
    <message>
        <source>Most tokens</source>
        <translation>Meiste Tokens</translation>
    </message>
    <message>
        <source>Most calls</source>
        <translation>Meiste Aufrufe</translation>
    </message>
    <message>
        <source>Seed number</source>
        <translation>Startzahl</translation>
    </message>
    <message>
        <source>Checked: kept from</source>
        <translation>Geprüft: bleibt ab</translation>
    </message>
    <message>
        <source>Checked: turned to</source>
        <translation>Geprüft: kippt bis</translation>
    </message>
    <message>
        <source>Twins from</source>
        <translation>Zwillinge ab</translation>
    </message>
    <message>
        <source>Leaks from</source>
        <translation>Lecks ab</translation>
    </message>
    <message>
        <source>Words in a row</source>
        <translation>Wörter in Folge</translation>
    </message>
    <message>
        <source>In equal shares</source>
        <translation>Zu gleichen Teilen</translation>
    </message>
    <message>
        <source>As the creator likes</source>
        <translation>Wie der Erzeuger will</translation>
    </message>
    <message>
        <source>Only “{label}”</source>
        <translation>Nur „{label}“</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>Weniger Einstellungen</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>Mehr Einstellungen</translation>
    </message>
    <message>
        <source>About {asked}, {used}, on this machine: free.</source>
        <translation>Etwa {asked}, {used}, auf diesem Rechner: kostenlos.</translation>
    </message>
    <message>
        <source>About {asked}, {used}. The price of this model is not known here.</source>
        <translation>Etwa {asked}, {used}. Der Preis dieses Modells ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>About {asked}, {used}: {low} to {high}.</source>
        <translation>Etwa {asked}, {used}: {low} bis {high}.</translation>
    </message>
    <message>
        <source>Every new example is asked for with this answer.</source>
        <translation>Jedes neue Beispiel wird mit dieser Antwort gewünscht.</translation>
    </message>
    <message>
        <source>Each answer is asked for equally often.</source>
        <translation>Jede Antwort wird gleich oft gewünscht.</translation>
    </message>
    <message>
        <source>As in the paper, none is asked for.</source>
        <translation>Wie im Artikel wird keine gewünscht.</translation>
    </message>
    <message>
        <source>Point at a cell, or walk by arrows, to read it with its interval.</source>
        <translation>Auf eine Zelle zeigen oder mit den Pfeiltasten gehen, um sie mit ihrem Intervall zu lesen.</translation>
    </message>
    <message>
        <source>Train sets and test sets</source>
        <translation>Trainingsdaten und Testdaten</translation>
    </message>
    <message>
        <source>{name} on {test}</source>
        <translation>{name} an {test}</translation>
    </message>
    <message>
        <source>{name}: not asked, no pair of the paper</source>
        <translation>{name}: nicht gefragt, kein Paar des Artikels</translation>
    </message>
    <message>
        <source>{name}: not asked, the form is another</source>
        <translation>{name}: nicht gefragt, die Form ist eine andere</translation>
    </message>
    <message>
        <source>in distribution</source>
        <translation>innerhalb der Verteilung</translation>
    </message>
    <message>
        <source>out of distribution</source>
        <translation>außerhalb der Verteilung</translation>
    </message>
    <message>
        <source>{name}, {where}: {share} % of {items:,} right (95 % interval {low} to {high})</source>
        <translation>{name}, {where}: {share} % von {items:,} richtig (95-%-Intervall {low} bis {high})</translation>
    </message>
    <message>
        <source>not distinguishable</source>
        <translation>nicht unterscheidbar</translation>
    </message>
    <message>
        <source>{points} points against {against} ({span})</source>
        <translation>{points} Punkte gegen {against} ({span})</translation>
    </message>
    <message>
        <source>Train sets down, test sets across</source>
        <translation>Trainingsdaten nach unten, Testdaten nach rechts</translation>
    </message>
    <message>
        <source>Accuracy, %; below it the points against {against}. Ringed: in distribution. Blue: above, orange: below; grey: not distinguishable.</source>
        <translation>Genauigkeit, %; darunter die Punkte gegen {against}. Umrandet: innerhalb der Verteilung. Blau: darüber, orange: darunter; grau: nicht unterscheidbar.</translation>
    </message>
    <message>
        <source>Train: to compare with</source>
        <translation>Training: zum Vergleich</translation>
    </message>
    <message>
        <source>Dev</source>
        <translation>Dev</translation>
    </message>
    <message>
        <source>Test: judges the models</source>
        <translation>Test: beurteilt die Modelle</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(keine)</translation>
    </message>
    <message>
        <source>Human examples judge the models, and show what as many human examples would give. They never enter a tree.</source>
        <translation>Menschliche Beispiele beurteilen die Modelle und zeigen, was gleich viele menschliche Beispiele bringen würden. Sie kommen nie in einen Baum.</translation>
    </message>
    <message>
        <source>Import human data</source>
        <translation>Menschliche Daten importieren</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Reading {name} …</source>
        <translation>{name} wird gelesen …</translation>
    </message>
    <message>
        <source>Choose a file …</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>A .jsonl, .json, .csv or .tsv file</source>
        <translation>Eine Datei .jsonl, .json, .csv oder .tsv</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Column of the {what}</source>
        <translation>Spalte: {what}</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Name of the data set</source>
        <translation>Name des Datensatzes</translation>
    </message>
    <message>
        <source>The splits of one data set need one name: a model is judged and compared within a data set.</source>
        <translation>Die Teile eines Datensatzes brauchen einen Namen: Beurteilt und verglichen wird innerhalb eines Datensatzes.</translation>
    </message>
    <message>
        <source>Use it as</source>
        <translation>Verwenden als</translation>
    </message>
    <message>
        <source>Sealed: only a verdict looks at it, and each look is counted</source>
        <translation>Versiegelt: Nur ein Urteil sieht sie an, und jeder Blick wird gezählt</translation>
    </message>
    <message>
        <source>{name} · {many:,} rows</source>
        <translation>{name} · {many:,} Zeilen</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} remarks</source>
        <comment>{n:,} remark</comment>
        <translation>
            <numerusform>{n:,} Hinweis</numerusform>
            <numerusform>{n:,} Hinweise</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} rows are left out</source>
        <comment>{n:,} row is left out</comment>
        <translation>
            <numerusform>{n:,} Zeile ist ausgelassen</numerusform>
            <numerusform>{n:,} Zeilen sind ausgelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>{many:,} examples will be the {split} split.</source>
        <translation>{many:,} Beispiele werden der Teil „{split}“.</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>Eine Datei wählen.</translation>
    </message>
    <message>
        <source>Say which columns hold the question and the answer.</source>
        <translation>Angeben, in welchen Spalten Frage und Antwort stehen.</translation>
    </message>
    <message>
        <source>No row can be used like this.</source>
        <translation>So ist keine Zeile zu gebrauchen.</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Give the data set a name.</source>
        <translation>Dem Datensatz einen Namen geben.</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>Runde</translation>
    </message>
    <message>
        <source>On the dev set</source>
        <translation>An den Dev-Daten</translation>
    </message>
    <message>
        <source>Gain, points</source>
        <translation>Gewinn, Punkte</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>No round is finished yet. Each is shown here as soon as it is.</source>
        <translation>Noch ist keine Runde fertig. Jede steht hier, sobald sie es ist.</translation>
    </message>
    <message>
        <source>Round {number}</source>
        <translation>Runde {number}</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Davor</translation>
    </message>
    <message>
        <source>Grown: {wish}</source>
        <translation>Gewachsen: {wish}</translation>
    </message>
    <message>
        <source>growth</source>
        <translation>Wachstum</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Run {child}, {work}</source>
        <translation>Lauf {child}, {work}</translation>
    </message>
    <message>
        <source>Seed {id}</source>
        <translation>Saat {id}</translation>
    </message>
    <message>
        <source>Show #{near}</source>
        <translation>#{near} zeigen</translation>
    </message>
    <message>
        <source>The edit of #{number} was not saved: {what}</source>
        <translation>Die Bearbeitung von #{number} wurde nicht gespeichert: {what}</translation>
    </message>
    <message>
        <source>Edit it again.</source>
        <translation>Noch einmal bearbeiten.</translation>
    </message>
    <message>
        <source>Saved the edit of #{number}.</source>
        <translation>Die Bearbeitung von #{number} ist gespeichert.</translation>
    </message>
    <message>
        <source>Prune branch</source>
        <translation>Zweig stutzen</translation>
    </message>
    <message>
        <source>Prune branches</source>
        <translation>Zweige stutzen</translation>
    </message>
    <message>
        <source>Grow here</source>
        <translation>Hier wachsen</translation>
    </message>
    <message>
        <source>Grow from these</source>
        <translation>Daraus wachsen</translation>
    </message>
    <message>
        <source>The example</source>
        <translation>Das Beispiel</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Set back to new</source>
        <translation>Wieder auf neu setzen</translation>
    </message>
    <message>
        <source>Nothing is selected</source>
        <translation>Nichts ausgewählt</translation>
    </message>
    <message>
        <source>Click an example in the tree to read it, or move with the arrow keys. Hold Shift and drag to select many.</source>
        <translation>Ein Beispiel im Baum anklicken, um es zu lesen, oder mit den Pfeiltasten gehen. Mit gedrückter Umschalttaste ziehen, um viele auszuwählen.</translation>
    </message>
    <message>
        <source>Approve, reject or prune them all at once; Ctrl+Z takes it back in one step. Or grow from all of them.</source>
        <translation>Alle auf einmal annehmen, ablehnen oder stutzen; Strg+Z nimmt es in einem Schritt zurück. Oder aus allen wachsen lassen.</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} examples are selected</source>
        <comment>{n:,} example is selected</comment>
        <translation>
            <numerusform>{n:,} Beispiel ist ausgewählt</numerusform>
            <numerusform>{n:,} Beispiele sind ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Intervals</source>
        <translation>Intervalle</translation>
    </message>
    <message>
        <source>in the keyring</source>
        <translation>im Schlüsselbund</translation>
    </message>
    <message>
        <source>in the environment</source>
        <translation>in der Umgebung</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>This machine has no keyring: set keys in the environment before the studio is started.</source>
        <translation>Dieser Rechner hat keinen Schlüsselbund: Schlüssel vor dem Start des Studios in der Umgebung setzen.</translation>
    </message>
    <message>
        <source>Name of another key</source>
        <translation>Name eines anderen Schlüssels</translation>
    </message>
    <message>
        <source>Another name, like MY_SERVER_KEY</source>
        <translation>Ein anderer Name, wie MY_SERVER_KEY</translation>
    </message>
    <message>
        <source>Set …</source>
        <translation>Setzen …</translation>
    </message>
    <message>
        <source>Set the key of this name</source>
        <translation>Den Schlüssel dieses Namens setzen</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget the key {name}</source>
        <translation>Den Schlüssel {name} vergessen</translation>
    </message>
    <message>
        <source>Replace …</source>
        <translation>Ersetzen …</translation>
    </message>
    <message>
        <source>Set the key {name}</source>
        <translation>Den Schlüssel {name} setzen</translation>
    </message>
    <message>
        <source>It goes into this system&apos;s keyring and nowhere else; the studio never shows it again.</source>
        <translation>Er kommt in den Schlüsselbund dieses Systems und nirgendwo sonst hin; das Studio zeigt ihn nie wieder.</translation>
    </message>
    <message>
        <source>The key {name}</source>
        <translation>Der Schlüssel {name}</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Aufruf</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>Sent, UTC</source>
        <translation>Gesendet, UTC</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Show older requests</source>
        <translation>Ältere Anfragen zeigen</translation>
    </message>
    <message>
        <source>Nothing was asked yet</source>
        <translation>Noch wurde nichts gefragt</translation>
    </message>
    <message>
        <source>Grow a tree: each request with its prompt, reply and price will be listed here.</source>
        <translation>Einen Baum wachsen lassen: Jede Anfrage mit Prompt, Ausgabe und Preis steht dann hier.</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Raw reply</source>
        <translation>Rohe Ausgabe</translation>
    </message>
    <message>
        <source>Request {id}</source>
        <translation>Anfrage {id}</translation>
    </message>
    <message>
        <source>No reply was kept.</source>
        <translation>Keine Ausgabe wurde behalten.</translation>
    </message>
    <message>
        <source>Not kept</source>
        <translation>Nicht behalten</translation>
    </message>
    <message>
        <source>and {many:,} more</source>
        <translation>und {many:,} weitere</translation>
    </message>
    <message>
        <source>call {call}, part {part}, attempt {attempt}</source>
        <translation>Aufruf {call}, Teil {part}, Versuch {attempt}</translation>
    </message>
    <message>
        <source>wanted answers: {answers}</source>
        <translation>gewünschte Antworten: {answers}</translation>
    </message>
    <message>
        <source>topics: {topics}</source>
        <translation>Themen: {topics}</translation>
    </message>
    <message>
        <source>ended: {reason}</source>
        <translation>geendet: {reason}</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Konfusionsmatrix</translation>
    </message>
    <message>
        <source>{right} answered as {given}: {counts}</source>
        <translation>{right}, geantwortet {given}: {counts}</translation>
    </message>
    <message>
        <source>rows: right answer · columns: the model&apos;s answer</source>
        <translation>Zeilen: richtige Antwort · Spalten: Antwort des Modells</translation>
    </message>
    <message>
        <source>New sibling of {what}</source>
        <translation>Neues Geschwister von {what}</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Check the label of {what}</source>
        <translation>Das Label von {what} prüfen</translation>
    </message>
    <message>
        <source>Rewrite {what}</source>
        <translation>{what} umschreiben</translation>
    </message>
    <message>
        <source>Ask for the changes</source>
        <translation>Nach den Änderungen fragen</translation>
    </message>
    <message>
        <source>The creator is asked again from the same formatting example. The new one stands beside the old one; a twin of what the tree has is turned away.</source>
        <translation>Der Erzeuger wird mit derselben Vorlage noch einmal gefragt. Das neue Beispiel steht neben dem alten; ein Zwilling dessen, was der Baum hat, wird abgewiesen.</translation>
    </message>
    <message>
        <source>The creator is asked for the answer with the label hidden, the options in another order each time. Where no more than half of the answers agree with the label, the example is marked for review.</source>
        <translation>Der Erzeuger wird nach der Antwort gefragt, das Label verdeckt, die Optionen jedes Mal in anderer Folge. Wo höchstens die Hälfte der Antworten zum Label passt, wird das Beispiel zur Durchsicht markiert.</translation>
    </message>
    <message>
        <source>The creator rewrites each example as you wish. You see every change before anything is changed.</source>
        <translation>Der Erzeuger schreibt jedes Beispiel nach Wunsch um. Jede Änderung ist zu sehen, bevor etwas geändert wird.</translation>
    </message>
    <message>
        <source>The model in the box is a demonstrator: its answers and texts are noise.</source>
        <translation>Das mitgelieferte Modell dient der Anschauung: Seine Antworten und Texte sind Rauschen.</translation>
    </message>
    <message>
        <source>Only what is selected ({few:,})</source>
        <translation>Nur das Ausgewählte ({few:,})</translation>
    </message>
    <message>
        <source>The whole branch ({many:,})</source>
        <translation>Der ganze Zweig ({many:,})</translation>
    </message>
    <message>
        <source>Use metric units.</source>
        <translation>Metrische Einheiten verwenden.</translation>
    </message>
    <message>
        <source>As the old one was asked for</source>
        <translation>Wie das alte gewünscht wurde</translation>
    </message>
    <message>
        <source>Rejected and pruned ones are left out.</source>
        <translation>Abgelehnte und gestutzte werden ausgelassen.</translation>
    </message>
    <message>
        <source>Answers for each</source>
        <translation>Antworten je Beispiel</translation>
    </message>
    <message>
        <source>What the new texts are to be like, in your words.</source>
        <translation>Wie die neuen Texte sein sollen, in eigenen Worten.</translation>
    </message>
    <message>
        <source>Your wish</source>
        <translation>Wunsch</translation>
    </message>
    <message>
        <source>Who is asked.</source>
        <translation>Wer gefragt wird.</translation>
    </message>
    <message>
        <source>All of these examples are rejected or pruned.</source>
        <translation>Alle diese Beispiele sind abgelehnt oder gestutzt.</translation>
    </message>
    <message>
        <source>Say what you wish.</source>
        <translation>Sagen, was gewünscht wird.</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} examples</source>
        <comment>{n:,} example</comment>
        <translation>
            <numerusform>{n:,} Beispiel</numerusform>
            <numerusform>{n:,} Beispiele</numerusform>
        </translation>
    </message>
    <message>
        <source>Asking for new siblings</source>
        <translation>Fragt nach neuen Geschwistern</translation>
    </message>
    <message>
        <source>Checking labels</source>
        <translation>Prüft Labels</translation>
    </message>
    <message>
        <source>Rewriting</source>
        <translation>Umschreiben</translation>
    </message>
    <message>
        <source>This one begins when it has ended.</source>
        <translation>Dieser beginnt, wenn er geendet hat.</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} examples changed.</source>
        <comment>{n:,} example changed.</comment>
        <translation>
            <numerusform>{n:,} Beispiel geändert.</numerusform>
            <numerusform>{n:,} Beispiele geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>{left:,} were edited meanwhile and are left as they are.</source>
        <translation>{left:,} wurden inzwischen bearbeitet und bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>One Ctrl+Z takes them all back.</source>
        <translation>Ein Strg+Z nimmt sie alle zurück.</translation>
    </message>
    <message>
        <source>New siblings</source>
        <translation>Neue Geschwister</translation>
    </message>
    <message>
        <source>Label check</source>
        <translation>Label-Prüfung</translation>
    </message>
    <message>
        <source>Look at the changes …</source>
        <translation>Änderungen ansehen …</translation>
    </message>
    <message numerus="yes">
        <source>{kept:,} of {n:,} examples rewritten</source>
        <comment>{kept:,} of {n:,} example rewritten</comment>
        <translation>
            <numerusform>{kept:,} von {n:,} Beispiel umgeschrieben</numerusform>
            <numerusform>{kept:,} von {n:,} Beispielen umgeschrieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} new siblings</source>
        <comment>{n:,} new sibling</comment>
        <translation>
            <numerusform>{n:,} neues Geschwister</numerusform>
            <numerusform>{n:,} neue Geschwister</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} answers so far</source>
        <comment>{n:,} answer so far</comment>
        <translation>
            <numerusform>bisher {n:,} Antwort</numerusform>
            <numerusform>bisher {n:,} Antworten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{flagged:,} of {n:,} labels in doubt</source>
        <comment>{flagged:,} of {n:,} label in doubt</comment>
        <translation>
            <numerusform>{flagged:,} von {n:,} Label zweifelhaft</numerusform>
            <numerusform>{flagged:,} von {n:,} Labels zweifelhaft</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is changed until you apply it; what was paid for stays here.</source>
        <translation>Nichts ändert sich, bevor es übernommen wird; was bezahlt ist, bleibt hier.</translation>
    </message>
    <message>
        <source>Nothing new for {examples}.</source>
        <translation>Nichts Neues für {examples}.</translation>
    </message>
    <message>
        <source>Each was asked {k:,} times, the label hidden, the options in another order each time.</source>
        <translation>Jedes wurde {k:,}-mal gefragt, das Label verdeckt, die Optionen jedes Mal in anderer Folge.</translation>
    </message>
    <message>
        <source>What stood first was chosen in {first:.0%} of the answers; an even hand: {even:.0%}.</source>
        <translation>Was zuerst stand, wurde in {first:.0%} der Antworten gewählt; gleichmäßig wären {even:.0%}.</translation>
    </message>
    <message>
        <source>What stood first was chosen in {first:.0%} of the answers.</source>
        <translation>Was zuerst stand, wurde in {first:.0%} der Antworten gewählt.</translation>
    </message>
    <message>
        <source>Those in doubt are first in Review, in the order “Flagged first”.</source>
        <translation>Die zweifelhaften sind die ersten in der Durchsicht, in der Folge „Markierte zuerst“.</translation>
    </message>
    <message>
        <source>Data files (*.jsonl *.json *.csv *.tsv *.gz)</source>
        <translation>Datendateien (*.jsonl *.json *.csv *.tsv *.gz)</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>Add a seed</source>
        <translation>Saat hinzufügen</translation>
    </message>
    <message>
        <source>All that Seedbed needs is one good example. Type it, paste it as JSON, or take it from a file.</source>
        <translation>Seedbed braucht nur ein gutes Beispiel: eintippen, als JSON einfügen oder aus einer Datei nehmen.</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>From a file …</source>
        <translation>Aus einer Datei …</translation>
    </message>
    <message>
        <source>Another row</source>
        <translation>Andere Zeile</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>All examples have these options</source>
        <translation>Alle Beispiele haben diese Optionen</translation>
    </message>
    <message>
        <source>Each example has its own</source>
        <translation>Jedes Beispiel hat eigene</translation>
    </message>
    <message>
        <source>One example cannot settle this: switch where the guess is wrong.</source>
        <translation>Ein Beispiel kann das nicht klären: umschalten, wo die Vermutung falsch ist.</translation>
    </message>
    <message>
        <source>Prompt preview</source>
        <translation>Vorschau des Prompts</translation>
    </message>
    <message>
        <source>Show what will be asked</source>
        <translation>Zeigen, was gefragt wird</translation>
    </message>
    <message>
        <source>Name of the project</source>
        <translation>Name des Projekts</translation>
    </message>
    <message>
        <source>Folder …</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>500 examples by {model}: {said}</source>
        <translation>500 Beispiele von {model}: {said}</translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation>In {folder}</translation>
    </message>
    <message>
        <source>Give the project a name without slashes.</source>
        <translation>Dem Projekt einen Namen ohne Schrägstriche geben.</translation>
    </message>
    <message>
        <source>{name} exists already in that folder.</source>
        <translation>{name} gibt es in diesem Ordner schon.</translation>
    </message>
    <message>
        <source>Hide it</source>
        <translation>Verbergen</translation>
    </message>
    <message>
        <source>Take an example from a file</source>
        <translation>Ein Beispiel aus einer Datei nehmen</translation>
    </message>
    <message>
        <source>Folder of the project</source>
        <translation>Ordner des Projekts</translation>
    </message>
    <message>
        <source>Row {place} of {many:,} · {source}</source>
        <translation>Zeile {place} von {many:,} · {source}</translation>
    </message>
    <message>
        <source>{name} has no columns called question and answer.</source>
        <translation>{name} hat keine Spalten namens question und answer.</translation>
    </message>
    <message>
        <source>Rename its columns.</source>
        <translation>Die Spalten umbenennen.</translation>
    </message>
    <message>
        <source>No row of {name} can be a seed.</source>
        <translation>Keine Zeile von {name} kann eine Saat sein.</translation>
    </message>
    <message>
        <source>{labels} or {last}</source>
        <translation>{labels} oder {last}</translation>
    </message>
    <message>
        <source>one of {count} labels</source>
        <translation>eines von {count} Labels</translation>
    </message>
    <message>
        <source>{format} with a passage</source>
        <translation>{format} mit einer Passage</translation>
    </message>
    <message>
        <source>{many} seeds side by side</source>
        <translation>{many} Saaten nebeneinander</translation>
    </message>
    <message>
        <source>seed {id}</source>
        <translation>Saat {id}</translation>
    </message>
    <message>
        <source>{name} · human</source>
        <translation>{name} · menschlich</translation>
    </message>
    <message>
        <source>price not known</source>
        <translation>Preis nicht bekannt</translation>
    </message>
    <message>
        <source>${usd}</source>
        <translation>{usd} $</translation>
    </message>
    <message>
        <source>{number} tokens</source>
        <translation>{number} Tokens</translation>
    </message>
    <message>
        <source>{number:.1f}M</source>
        <translation>{number:.1f} Mio.</translation>
    </message>
    <message>
        <source>{number:.1f}k</source>
        <translation>{number:.1f} Tsd.</translation>
    </message>
    <message>
        <source>about {seconds} s left</source>
        <translation>noch etwa {seconds} s</translation>
    </message>
    <message>
        <source>about {minutes} min left</source>
        <translation>noch etwa {minutes} min</translation>
    </message>
    <message>
        <source>about {hours:.1f} h left</source>
        <translation>noch etwa {hours:.1f} h</translation>
    </message>
    <message numerus="yes">
        <source>Pruned {n:,} examples.</source>
        <comment>Pruned one example.</comment>
        <translation>
            <numerusform>Ein Beispiel gestutzt.</numerusform>
            <numerusform>{n:,} Beispiele gestutzt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Ctrl+Z brings them back.</source>
        <translation>Strg+Z holt sie zurück.</translation>
    </message>
    <message>
        <source>Nothing to undo.</source>
        <translation>Nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Undone: {what}.</source>
        <translation>Rückgängig gemacht: {what}.</translation>
    </message>
    <message>
        <source>Nothing to redo.</source>
        <translation>Nichts zu wiederholen.</translation>
    </message>
    <message>
        <source>Redone: {what}.</source>
        <translation>Wiederholt: {what}.</translation>
    </message>
    <message numerus="yes">
        <source>None of {n:,} examples is too near to “{name}”.</source>
        <comment>None of one example is too near to “{name}”.</comment>
        <translation>
            <numerusform>Das eine Beispiel ist „{name}“ nicht zu nah.</numerusform>
            <numerusform>Keines von {n:,} Beispielen ist „{name}“ zu nah.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 of one example is too near to “{name}”.</source>
        <translation>1 von einem Beispiel ist „{name}“ zu nah.</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} of {total:,} examples are too near to “{name}”.</source>
        <comment>{n:,} of {total:,} examples is too near to “{name}”.</comment>
        <translation>
            <numerusform>{n:,} von {total:,} Beispielen ist „{name}“ zu nah.</numerusform>
            <numerusform>{n:,} von {total:,} Beispielen sind „{name}“ zu nah.</numerusform>
        </translation>
    </message>
    <message>
        <source>Flagged; Ctrl+Z takes the flags off.</source>
        <translation>Markiert; Strg+Z entfernt die Marken.</translation>
    </message>
    <message>
        <source>The created examples could not be compared with “{name}”.</source>
        <translation>Die erzeugten Beispiele konnten nicht mit „{name}“ verglichen werden.</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Seedbed projects (*{suffix})</source>
        <translation>Seedbed-Projekte (*{suffix})</translation>
    </message>
    <message>
        <source>recorded · label unverified</source>
        <translation>aufgezeichnet · Label ungeprüft</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>importiert</translation>
    </message>
    <message>
        <source>Written by</source>
        <translation>Verfasst von</translation>
    </message>
    <message>
        <source>Twins</source>
        <translation>Zwillinge</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Where it came from</source>
        <translation>Woher es kommt</translation>
    </message>
    <message>
        <source>Show prompt and reply</source>
        <translation>Prompt und Ausgabe zeigen</translation>
    </message>
    <message>
        <source>Go to its parent</source>
        <translation>Zu den Eltern</translation>
    </message>
    <message>
        <source>Prompt that was sent</source>
        <translation>Gesendeter Prompt</translation>
    </message>
    <message>
        <source>Hide prompt and reply</source>
        <translation>Prompt und Ausgabe verbergen</translation>
    </message>
    <message>
        <source>the seed</source>
        <translation>die Saat</translation>
    </message>
    <message>
        <source>{prompt_tokens:,} + {completion_tokens:,} tokens</source>
        <translation>{prompt_tokens:,} + {completion_tokens:,} Tokens</translation>
    </message>
    <message>
        <source>{call} · request {id} · {tokens}</source>
        <translation>{call} · Anfrage {id} · {tokens}</translation>
    </message>
    <message>
        <source>{drift:.2f} from the seed</source>
        <translation>{drift:.2f} von der Saat</translation>
    </message>
    <message>
        <source>{twins:,} turned away, too near to this one</source>
        <translation>{twins:,} abgewiesen, zu nah an diesem</translation>
    </message>
    <message>
        <source>Nothing has these words. Try fewer letters, or a page that has it.</source>
        <translation>Nichts hat diese Wörter. Weniger Buchstaben versuchen oder eine Seite, die es hat.</translation>
    </message>
    <message>
        <source>↑ ↓ choose    ↵ do it    Esc close</source>
        <translation>↑ ↓ wählen    ↵ ausführen    Esc schließen</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was soll geschehen?</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} commands</source>
        <comment>{n:,} command</comment>
        <translation>
            <numerusform>{n:,} Befehl</numerusform>
            <numerusform>{n:,} Befehle</numerusform>
        </translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>From the next start of the studio. What creators write stays in their language.</source>
        <translation>Ab dem nächsten Start des Studios. Was Erzeuger schreiben, bleibt in deren Sprache.</translation>
    </message>
    <message>
        <source>Text, buttons and spaces alike; from the next start of the studio.</source>
        <translation>Text, Knöpfe und Abstände zugleich; ab dem nächsten Start des Studios.</translation>
    </message>
    <message>
        <source>What the Grow dialog begins with. A growth that is asked for can still be given others.</source>
        <translation>Womit der Wachstumsdialog beginnt. Jedem Wachstum können noch andere Werte gegeben werden.</translation>
    </message>
    <message>
        <source>Keys of hosted creators. Only their names are shown here.</source>
        <translation>Schlüssel gehosteter Erzeuger. Nur ihre Namen werden hier gezeigt.</translation>
    </message>
    <message>
        <source>Looks, size, growth, topics and the folder as they were at first. Projects, keys and prices of yours stay.</source>
        <translation>Aussehen, Größe, Wachstum, Themen und Ordner wie zu Beginn. Projekte, Schlüssel und eigene Preise bleiben.</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>The folder of your models</source>
        <translation>Der Ordner der Modelle</translation>
    </message>
    <message>
        <source>The program&apos;s topics</source>
        <translation>Themen des Programms</translation>
    </message>
    <message>
        <source>Topics: {said}</source>
        <translation>Themen: {said}</translation>
    </message>
    <message>
        <source>Topics …</source>
        <translation>Themen …</translation>
    </message>
    <message>
        <source>list subjects</source>
        <translation>liste stoffe</translation>
    </message>
    <message>
        <source>Folder of models …</source>
        <translation>Modellordner …</translation>
    </message>
    <message>
        <source>gguf</source>
        <translation>gguf</translation>
    </message>
    <message>
        <source>Reset the preferences</source>
        <translation>Einstellungen zurücksetzen</translation>
    </message>
    <message>
        <source>default</source>
        <translation>standard</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>A growth begins with</source>
        <translation>Ein Wachstum beginnt mit</translation>
    </message>
    <message>
        <source>Models on this machine</source>
        <translation>Modelle auf diesem Rechner</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Prices of models …</source>
        <translation>Preise der Modelle …</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>Geld</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>Preise</translation>
    </message>
    <message>
        <source>A dated list, and prices of your own.</source>
        <translation>Eine datierte Liste und eigene Preise.</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>Standardwerte</translation>
    </message>
    <message>
        <source>Reset to defaults</source>
        <translation>Auf Standard setzen</translation>
    </message>
    <message>
        <source>Where your GGUF files are</source>
        <translation>Wo die GGUF-Dateien liegen</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>“Use a GGUF file” begins here. The model in the box is not moved.</source>
        <translation>„GGUF-Datei nehmen“ beginnt hier. Das mitgelieferte Modell wird nicht verschoben.</translation>
    </message>
    <message>
        <source>Each request of the embedded creator is about another one of these.</source>
        <translation>Jede Anfrage an den mitgelieferten Erzeuger handelt von einem anderen dieser Themen.</translation>
    </message>
    <message>
        <source>Folder of models</source>
        <translation>Modellordner</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Passage</source>
        <translation>Passage</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>Was sich ändern würde</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Untick all</source>
        <translation>Keine ankreuzen</translation>
    </message>
    <message>
        <source>Show {many:,} more of {left:,}</source>
        <translation>{many:,} weitere von {left:,} zeigen</translation>
    </message>
    <message>
        <source>Tick all</source>
        <translation>Alle ankreuzen</translation>
    </message>
    <message numerus="yes">
        <source>Apply {n:,} changes</source>
        <comment>Apply {n:,} change</comment>
        <translation>
            <numerusform>{n:,} Änderung übernehmen</numerusform>
            <numerusform>{n:,} Änderungen übernehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to apply.</source>
        <translation>Es gibt nichts zu übernehmen.</translation>
    </message>
    <message>
        <source>{many:,} of {offered:,} chosen. One Ctrl+Z takes them all back.</source>
        <translation>{many:,} von {offered:,} gewählt. Ein Strg+Z nimmt sie alle zurück.</translation>
    </message>
    <message>
        <source>Change #{example}</source>
        <translation>#{example} ändern</translation>
    </message>
    <message>
        <source>{caption} now</source>
        <translation>{caption} jetzt</translation>
    </message>
    <message>
        <source>{caption} then</source>
        <translation>{caption} dann</translation>
    </message>
    <message>
        <source>{caption}, then</source>
        <translation>{caption}, dann</translation>
    </message>
    <message>
        <source>{caption}, now</source>
        <translation>{caption}, jetzt</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} without a change</source>
        <comment>{n:,} without a change</comment>
        <translation>
            <numerusform>{n:,} ohne Änderung</numerusform>
            <numerusform>{n:,} ohne Änderung</numerusform>
        </translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Prices of models</source>
        <translation>Preise der Modelle</translation>
    </message>
    <message>
        <source>In US dollars for a million tokens.</source>
        <translation>In US-Dollar für eine Million Tokens.</translation>
    </message>
    <message>
        <source>Model or deployment</source>
        <translation>Modell oder Bereitstellung</translation>
    </message>
    <message>
        <source>Set as my price</source>
        <translation>Als eigenen Preis setzen</translation>
    </message>
    <message>
        <source>Take my price out</source>
        <translation>Eigenen Preis entfernen</translation>
    </message>
    <message>
        <source>The list is of {day}: {source}. Yours are kept in {path}.</source>
        <translation>Die Liste ist vom {day}: {source}. Eigene Preise liegen in {path}.</translation>
    </message>
    <message>
        <source>{name} has your price now.</source>
        <translation>{name} hat jetzt den eigenen Preis.</translation>
    </message>
    <message>
        <source>{name} has no price of yours any more.</source>
        <translation>{name} hat keinen eigenen Preis mehr.</translation>
    </message>
    <message>
        <source>All that are kept (*.jsonl *.csv)</source>
        <translation>Alle behaltenen (*.jsonl *.csv)</translation>
    </message>
    <message>
        <source>Approved ones only (*.csv *.jsonl)</source>
        <translation>Nur angenommene (*.csv *.jsonl)</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} rows were there, and count once.</source>
        <comment>{n:,} row was there, and counts once.</comment>
        <translation>
            <numerusform>{n:,} Zeile war schon da und zählt einmal.</numerusform>
            <numerusform>{n:,} Zeilen waren schon da und zählen einmal.</numerusform>
        </translation>
    </message>
    <message>
        <source>{many:,} examples are now in the {split} split of “{name}”.</source>
        <translation>Der Teil „{split}“ von „{name}“ hat nun {many:,} Beispiele mehr.</translation>
    </message>
    <message>
        <source>Export the training table</source>
        <translation>Trainingsdaten exportieren</translation>
    </message>
    <message>
        <source>In {parent}, with a card: {name}</source>
        <translation>In {parent}, mit einer Karte: {name}</translation>
    </message>
    <message>
        <source>{many:,} examples are in {name}.</source>
        <translation>{many:,} Beispiele sind in {name}.</translation>
    </message>
    <message>
        <source>A run is going on</source>
        <translation>Ein Lauf ist im Gang</translation>
    </message>
    <message>
        <source>A run is going on. Both ways keep all that was made.</source>
        <translation>Ein Lauf ist im Gang. Beide Wege behalten alles, was entstanden ist.</translation>
    </message>
    <message>
        <source>Stop it and close</source>
        <translation>Anhalten und schließen</translation>
    </message>
    <message>
        <source>Close, let it go on</source>
        <translation>Schließen, weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Durchsicht</translation>
    </message>
    <message>
        <source>An edit is open here.</source>
        <translation>Hier wird gerade bearbeitet.</translation>
    </message>
    <message>
        <source>Save it or leave it, then open another example.</source>
        <translation>Speichern oder verlassen, dann ein anderes Beispiel öffnen.</translation>
    </message>
    <message>
        <source>#{id} · depth {depth} · from the seed</source>
        <translation>#{id} · Tiefe {depth} · aus der Saat</translation>
    </message>
    <message>
        <source>#{id} · depth {depth} · from {parent}</source>
        <translation>#{id} · Tiefe {depth} · aus {parent}</translation>
    </message>
    <message>
        <source>Before: {decisions} ·</source>
        <translation>Zuvor: {decisions} ·</translation>
    </message>
    <message>
        <source>Nothing was decided here yet.</source>
        <translation>Hier wurde noch nichts entschieden.</translation>
    </message>
    <message>
        <source>All reviewed</source>
        <translation>Alles durchgesehen</translation>
    </message>
    <message>
        <source>Nothing waits for review</source>
        <translation>Nichts wartet auf Durchsicht</translation>
    </message>
    <message>
        <source>New examples wait here for a decision. Grow a tree, and they come in by themselves.</source>
        <translation>Neue Beispiele warten hier auf eine Entscheidung. Einen Baum wachsen lassen, und sie kommen von selbst.</translation>
    </message>
    <message>
        <source>Reject #{id}</source>
        <translation>#{id} ablehnen</translation>
    </message>
    <message>
        <source>Reject {many:,} examples</source>
        <translation>{many:,} Beispiele ablehnen</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} new examples</source>
        <comment>{n:,} new example</comment>
        <translation>
            <numerusform>{n:,} neues Beispiel</numerusform>
            <numerusform>{n:,} neue Beispiele</numerusform>
        </translation>
    </message>
    <message>
        <source>The whole branch of #{top}: {count}</source>
        <translation>Der ganze Zweig von #{top}: {count}</translation>
    </message>
    <message>
        <source>Go to the tree</source>
        <translation>Zum Baum</translation>
    </message>
    <message>
        <source>Go through those skipped</source>
        <translation>Die übersprungenen durchgehen</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>An edit is open here: save it or leave it.</source>
        <translation>Hier wird gerade bearbeitet: speichern oder verlassen.</translation>
    </message>
    <message>
        <source>No example is shown.</source>
        <translation>Kein Beispiel wird gezeigt.</translation>
    </message>
    <message>
        <source>The project is open read-only.</source>
        <translation>Das Projekt ist nur zum Lesen geöffnet.</translation>
    </message>
    <message>
        <source>not supported by its passage</source>
        <translation>durch die Passage nicht gestützt</translation>
    </message>
    <message>
        <source>wrong answer</source>
        <translation>falsche Antwort</translation>
    </message>
    <message>
        <source>unclear</source>
        <translation>unklar</translation>
    </message>
    <message>
        <source>off the subject</source>
        <translation>am Thema vorbei</translation>
    </message>
    <message>
        <source>too like another</source>
        <translation>einem anderen zu ähnlich</translation>
    </message>
    <message>
        <source>Branch by branch</source>
        <translation>Zweig für Zweig</translation>
    </message>
    <message>
        <source>Nearest to the seed first</source>
        <translation>Der Saat nächste zuerst</translation>
    </message>
    <message>
        <source>Farthest drift first</source>
        <translation>Weiteste Drift zuerst</translation>
    </message>
    <message>
        <source>Flagged first</source>
        <translation>Markierte zuerst</translation>
    </message>
    <message>
        <source>Shuffled</source>
        <translation>Gemischt</translation>
    </message>
    <message>
        <source>accept keep</source>
        <translation>freigeben behalten</translation>
    </message>
    <message>
        <source>Reject …</source>
        <translation>Ablehnen …</translation>
    </message>
    <message>
        <source>change</source>
        <translation>ändern</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>later next</source>
        <translation>später nächstes</translation>
    </message>
    <message>
        <source>Back to the one before</source>
        <translation>Zurück zum vorigen</translation>
    </message>
    <message>
        <source>previous</source>
        <translation>voriges</translation>
    </message>
    <message>
        <source>Decide about the whole branch …</source>
        <translation>Über den ganzen Zweig entscheiden …</translation>
    </message>
    <message>
        <source>approve reject</source>
        <translation>annehmen ablehnen</translation>
    </message>
    <message>
        <source>show</source>
        <translation>zeigen</translation>
    </message>
    <message>
        <source>approve</source>
        <translation>annehmen</translation>
    </message>
    <message>
        <source>reject …</source>
        <translation>ablehnen …</translation>
    </message>
    <message>
        <source>edit</source>
        <translation>ändern</translation>
    </message>
    <message>
        <source>skip</source>
        <translation>weiter</translation>
    </message>
    <message>
        <source>back</source>
        <translation>zurück</translation>
    </message>
    <message>
        <source>whole branch</source>
        <translation>Zweig</translation>
    </message>
    <message>
        <source>open in tree</source>
        <translation>im Baum</translation>
    </message>
    <message>
        <source>Answer “{answer}”</source>
        <translation>Antwort „{answer}“</translation>
    </message>
    <message>
        <source>asked for “{answer}”</source>
        <translation>gewünscht war „{answer}“</translation>
    </message>
    <message>
        <source>drift {drift:.2f}</source>
        <translation>Drift {drift:.2f}</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>{done} with its branch, {many:,} in all</source>
        <translation>{done} mit Zweig, {many:,} insgesamt</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} examples were skipped. Z goes back one by one.</source>
        <comment>{n:,} example was skipped. Z goes back one by one.</comment>
        <translation>
            <numerusform>{n:,} Beispiel wurde übersprungen. Z geht einzeln zurück.</numerusform>
            <numerusform>{n:,} Beispiele wurden übersprungen. Z geht einzeln zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Why? A number, your own words, or nothing; Return rejects, Esc leaves</source>
        <translation>Warum? Eine Ziffer, eigene Worte oder nichts; Eingabe lehnt ab, Esc verlässt</translation>
    </message>
    <message>
        <source>Approve all</source>
        <translation>Alle annehmen</translation>
    </message>
    <message>
        <source>Reject all …</source>
        <translation>Alle ablehnen …</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Leaving branches out</source>
        <translation>Lässt Zweige weg</translation>
    </message>
    <message>
        <source>Growing from the seed</source>
        <translation>Wächst aus der Saat</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Growing from {many:,} examples</source>
        <translation>Wächst aus {many:,} Beispielen</translation>
    </message>
    <message>
        <source>Growing from #{parent}</source>
        <translation>Wächst aus #{parent}</translation>
    </message>
    <message>
        <source>Stop it, or wait until it ends, then go on with this one.</source>
        <translation>Anhalten oder das Ende abwarten, dann diesen fortsetzen.</translation>
    </message>
    <message>
        <source>Stop it, or wait until it ends.</source>
        <translation>Anhalten oder das Ende abwarten.</translation>
    </message>
    <message>
        <source>It goes on where it was; nothing is asked twice.</source>
        <translation>Es geht weiter, wo es war; nichts wird zweimal angefragt.</translation>
    </message>
    <message>
        <source>Setting up the model in the box</source>
        <translation>Das mitgelieferte Modell wird eingerichtet</translation>
    </message>
    <message>
        <source>The model in the box is ready.</source>
        <translation>Das mitgelieferte Modell ist bereit.</translation>
    </message>
    <message>
        <source>Grow again.</source>
        <translation>Noch einmal wachsen lassen.</translation>
    </message>
    <message>
        <source>Try again; it goes on where it was.</source>
        <translation>Noch einmal versuchen; es geht weiter, wo es war.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>It ended.</source>
        <translation>Es endete.</translation>
    </message>
    <message>
        <source>{work} (by another process)</source>
        <translation>{work} (in einem anderen Prozess)</translation>
    </message>
    <message>
        <source>It is fetched once, about 100 MB, and stays on this machine.</source>
        <translation>Es wird einmal geholt, etwa 100 MB, und bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Set it up now</source>
        <translation>Jetzt einrichten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>Kein Projekt ist offen.</translation>
    </message>
    <message>
        <source>A run is going on; stop it or wait until it ends.</source>
        <translation>Ein Lauf ist im Gang; anhalten oder das Ende abwarten.</translation>
    </message>
    <message>
        <source>It takes {least_to_train} kept examples: grow first.</source>
        <translation>Dafür braucht es {least_to_train} behaltene Beispiele: zuerst wachsen lassen.</translation>
    </message>
    <message>
        <source>Comparing strategies</source>
        <translation>Vergleicht Strategien</translation>
    </message>
    <message>
        <source>Asking all models</source>
        <translation>Fragt alle Modelle</translation>
    </message>
    <message>
        <source>Growing where it is weak</source>
        <translation>Wächst, wo es schwach ist</translation>
    </message>
    <message>
        <source>Growth</source>
        <translation>Wachstum</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Improvement</source>
        <translation>Verbesserung</translation>
    </message>
    <message>
        <source>Which branch helped</source>
        <translation>Welcher Zweig half</translation>
    </message>
    <message>
        <source>The studio need not be open meanwhile: it looks when the project is opened, and every ten minutes.</source>
        <translation>Das Studio muss inzwischen nicht offen sein: Es sieht nach, wenn das Projekt geöffnet wird, und alle zehn Minuten.</translation>
    </message>
    <message>
        <source>Finished trainings are kept; the one that was cut short goes on from its last saved epoch, or begins again where that was a few seconds.</source>
        <translation>Fertige Trainings bleiben; das abgebrochene geht ab seiner letzten gespeicherten Epoche weiter oder fängt neu an, wo das nur Sekunden sind.</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>Noch kein Lauf</translation>
    </message>
    <message>
        <source>Grow a tree, then train and evaluate: each run with its settings and its result is kept here.</source>
        <translation>Einen Baum wachsen lassen, dann trainieren und testen: Jeder Lauf bleibt hier mit Einstellungen und Ergebnis.</translation>
    </message>
    <message>
        <source>The run</source>
        <translation>Der Lauf</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Fetch now</source>
        <translation>Jetzt abholen</translation>
    </message>
    <message>
        <source>Cancel the batch</source>
        <translation>Stapel abbrechen</translation>
    </message>
    <message>
        <source>It goes on where it was, with its own settings; nothing is asked twice.</source>
        <translation>Er geht weiter, wo er war, mit seinen eigenen Einstellungen; nichts wird zweimal gefragt.</translation>
    </message>
    <message>
        <source>It grows from approved examples only: approve some first, then it goes on where it was.</source>
        <translation>Er wächst nur aus angenommenen Beispielen: zuerst einige annehmen, dann geht er weiter, wo er war.</translation>
    </message>
    <message>
        <source>Which branch helped?</source>
        <translation>Welcher Zweig half?</translation>
    </message>
    <message>
        <source>Run {id} · {what}</source>
        <translation>Lauf {id} · {what}</translation>
    </message>
    <message>
        <source>{when} UTC</source>
        <translation>{when} UTC</translation>
    </message>
    <message>
        <source>No cell is finished yet.</source>
        <translation>Noch ist keine Zelle fertig.</translation>
    </message>
    <message>
        <source>All figures, on the Compare page</source>
        <translation>Alle Zahlen, auf der Seite Vergleichen</translation>
    </message>
    <message>
        <source>{money} a kept example</source>
        <translation>{money} je behaltenes Beispiel</translation>
    </message>
    <message>
        <source>{money} an approved one</source>
        <translation>{money} je angenommenes</translation>
    </message>
    <message>
        <source>{tokens:,.0f} tokens a kept example</source>
        <translation>{tokens:,.0f} Tokens je behaltenes Beispiel</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} examples kept</source>
        <comment>{n:,} example kept</comment>
        <translation>
            <numerusform>{n:,} Beispiel behalten</numerusform>
            <numerusform>{n:,} Beispiele behalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n:,} requests were in flight when the work ended, and possibly billed.</source>
        <comment>{n:,} request was in flight when the work ended, and possibly billed.</comment>
        <translation>
            <numerusform>{n:,} Anfrage war unterwegs, als die Arbeit endete, und ist vielleicht berechnet.</numerusform>
            <numerusform>{n:,} Anfragen waren unterwegs, als die Arbeit endete, und sind vielleicht berechnet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Why items were discarded</source>
        <translation>Warum Stücke verworfen wurden</translation>
    </message>
    <message>
        <source>PNG picture (*.png);;SVG drawing (*.svg)</source>
        <translation>PNG-Bild (*.png);;SVG-Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>Save a picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>The picture is in {name}.</source>
        <translation>Das Bild ist in {name}.</translation>
    </message>
    <message>
        <source>The picture is in the clipboard.</source>
        <translation>Das Bild ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Examples found</source>
        <translation>Gefundene Beispiele</translation>
    </message>
    <message>
        <source>{many:,} or more</source>
        <translation>{many:,} oder mehr</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>{count} gefunden</translation>
    </message>
    <message>
        <source>Nothing has words beginning with “{words}”.</source>
        <translation>Nichts hat Wörter, die mit „{words}“ beginnen.</translation>
    </message>
    <message>
        <source>Options, one a line</source>
        <translation>Optionen, eine je Zeile</translation>
    </message>
    <message>
        <source>Type a question, or paste a JSON object</source>
        <translation>Eine Frage eintippen oder ein JSON-Objekt einfügen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Context (a passage the question is about, if your task has one)</source>
        <translation>Kontext (eine Passage, um die es in der Frage geht, wenn die Aufgabe eine hat)</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Sends {requests} tiny requests and says what works.</source>
        <translation>Sendet {requests} winzige Anfragen und sagt, was geht.</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Wird gefragt …</translation>
    </message>
    <message>
        <source>Models that the server lists</source>
        <translation>Modelle, die der Server aufzählt</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>Ein anderer Server</translation>
    </message>
    <message>
        <source>Any server that is asked as OpenAI&apos;s is: its address ends with /v1.</source>
        <translation>Jeder Server, der wie OpenAI gefragt wird: Seine Adresse endet auf /v1.</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source> USD</source>
        <translation> USD</translation>
    </message>
    <message>
        <source>{total:,} examples · depth {depth}</source>
        <translation>{total:,} Beispiele · Tiefe {depth}</translation>
    </message>
    <message>
        <source>no examples yet</source>
        <translation>noch keine Beispiele</translation>
    </message>
    <message>
        <source>{approved} approved, {new} new, {rejected} rejected, {pruned} pruned</source>
        <translation>{approved} angenommen, {new} neu, {rejected} abgelehnt, {pruned} gestutzt</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Saaten</translation>
    </message>
    <message>
        <source>Human data</source>
        <translation>Menschliche Daten</translation>
    </message>
    <message>
        <source>None yet. Import some to compare with.</source>
        <translation>Noch keine. Einige zum Vergleich importieren.</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>noch nicht angesehen</translation>
    </message>
    <message>
        <source>{name} · test (sealed)</source>
        <translation>{name} · Test (versiegelt)</translation>
    </message>
    <message>
        <source>{name} · test</source>
        <translation>{name} · Test</translation>
    </message>
    <message>
        <source>{name} · dev</source>
        <translation>{name} · Dev</translation>
    </message>
    <message>
        <source>{name} · train</source>
        <translation>{name} · Training</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>To the start page</source>
        <translation>Zur Startseite</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>Teilmenge</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Slices</source>
        <translation>Teilmengen</translation>
    </message>
    <message>
        <source>Dashed: all items. Intervals are Wilson&apos;s, each for itself.</source>
        <translation>Gestrichelt: alle Aufgaben. Die Intervalle sind Wilsons, jedes für sich.</translation>
    </message>
    <message>
        <source>{whole}: list the {errors}</source>
        <translation>{whole}: {errors} auflisten</translation>
    </message>
    <message>
        <source>{by}, {name}: show its errors</source>
        <translation>{by}, {name}: die Fehler zeigen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Letzte Projekte</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>{name} is not there any more</source>
        <translation>{name} ist nicht mehr da</translation>
    </message>
    <message>
        <source>No project yet</source>
        <translation>Noch kein Projekt</translation>
    </message>
    <message>
        <source>Begin with one example of your own, or drop a .seedbed, .jsonl or .csv file here.</source>
        <translation>Mit einem eigenen Beispiel beginnen oder eine Datei .seedbed, .jsonl oder .csv hierher ziehen.</translation>
    </message>
    <message>
        <source>New project …</source>
        <translation>Neues Projekt …</translation>
    </message>
    <message>
        <source>See it work</source>
        <translation>In Aktion sehen</translation>
    </message>
    <message>
        <source>Grows a tree from a sample and trains on it.</source>
        <translation>Lässt einen Baum aus einem Muster wachsen und trainiert damit.</translation>
    </message>
    <message>
        <source>Your own task</source>
        <translation>Eigene Aufgabe</translation>
    </message>
    <message>
        <source>Type or paste one example, or take it from a file.</source>
        <translation>Ein Beispiel eintippen, einfügen oder aus einer Datei nehmen.</translation>
    </message>
    <message>
        <source>Open a project file from your disk.</source>
        <translation>Eine Projektdatei öffnen.</translation>
    </message>
    <message>
        <source>Open …</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Grow a training set from one example</source>
        <translation>Trainingsdaten aus einem Beispiel wachsen lassen</translation>
    </message>
    <message>
        <source>Seedbed asks a language model for examples like yours, shows the tree they grow into, and trains and judges a small local model on what you keep.</source>
        <translation>Seedbed fragt ein Sprachmodell nach ähnlichen Beispielen, zeigt den Baum, zu dem sie wachsen, und trainiert und beurteilt ein kleines lokales Modell mit dem, was behalten wird.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Growing</source>
        <translation>Wächst</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Vergleicht</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>Nichts läuft</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Open read-only</source>
        <translation>Nur zum Lesen offen</translation>
    </message>
    <message>
        <source>Project saved</source>
        <translation>Projekt gespeichert</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation>Sofort anhalten</translation>
    </message>
    <message>
        <source>Stops at once; what was paid for is kept.</source>
        <translation>Hält sofort an; was bezahlt ist, bleibt.</translation>
    </message>
    <message>
        <source>Finishing what is in flight …</source>
        <translation>Was unterwegs ist, wird beendet …</translation>
    </message>
    <message>
        <source>Finishes what is in flight; press again to stop at once.</source>
        <translation>Beendet, was unterwegs ist; noch einmal drücken, um sofort anzuhalten.</translation>
    </message>
    <message>
        <source>Finishes what is in flight; Go on takes it up again, also another day. Press again to stop at once.</source>
        <translation>Beendet, was unterwegs ist; „Fortsetzen“ nimmt es wieder auf, auch an einem anderen Tag. Noch einmal drücken, um sofort anzuhalten.</translation>
    </message>
    <message>
        <source>Waits before its next step; nothing is lost, its memory stays in use.</source>
        <translation>Wartet vor dem nächsten Schritt; nichts geht verloren, der Speicher bleibt belegt.</translation>
    </message>
    <message>
        <source>{said}, paused</source>
        <translation>{said}, pausiert</translation>
    </message>
    <message>
        <source>{many:,} asked</source>
        <translation>{many:,} gewünscht</translation>
    </message>
    <message>
        <source>{many:,} surplus</source>
        <translation>{many:,} überzählig</translation>
    </message>
    <message>
        <source>{many:,} kept</source>
        <translation>{many:,} behalten</translation>
    </message>
    <message>
        <source>{many:,} discarded</source>
        <translation>{many:,} verworfen</translation>
    </message>
    <message>
        <source>{many:,} missing</source>
        <translation>{many:,} fehlen</translation>
    </message>
    <message>
        <source>{many:,} failed</source>
        <translation>{many:,} gescheitert</translation>
    </message>
    <message>
        <source>{many:,} waiting</source>
        <translation>{many:,} warten</translation>
    </message>
    <message>
        <source>{tokens} a minute</source>
        <translation>{tokens} je Minute</translation>
    </message>
    <message>
        <source>{spent} of about {at_end}</source>
        <translation>{spent} von etwa {at_end}</translation>
    </message>
    <message>
        <source>budget {money}</source>
        <translation>Budget {money}</translation>
    </message>
    <message>
        <source>{money} a minute</source>
        <translation>{money} je Minute</translation>
    </message>
    <message>
        <source>step {step:,} of {steps:,}</source>
        <translation>Schritt {step:,} von {steps:,}</translation>
    </message>
    <message>
        <source>loss {loss:.3f}</source>
        <translation>Verlust {loss:.3f}</translation>
    </message>
    <message>
        <source>accuracy {share} %</source>
        <translation>Genauigkeit {share} %</translation>
    </message>
    <message>
        <source>{many:,.0f} examples/s</source>
        <translation>{many:,.0f} Beispiele/s</translation>
    </message>
    <message>
        <source>Prune</source>
        <translation>Stutzen</translation>
    </message>
    <message>
        <source>Set back</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>{verb} {many:,} examples?</source>
        <translation>{verb}: {many:,} Beispiele?</translation>
    </message>
    <message numerus="yes">
        <source>Prune {n:,} branches with {many:,} examples in all?</source>
        <comment>Prune {n:,} branch with {many:,} examples in all?</comment>
        <translation>
            <numerusform>{n:,} Zweig mit insgesamt {many:,} Beispielen stutzen?</numerusform>
            <numerusform>{n:,} Zweige mit insgesamt {many:,} Beispielen stutzen?</numerusform>
        </translation>
    </message>
    <message>
        <source>{many} of {total:,}</source>
        <translation>{many} von {total:,}</translation>
    </message>
    <message numerus="yes">
        <source>None of {n:,} examples fits the search and the filter. Change the words, or show all.</source>
        <comment>The one example does not fit the search and the filter. Change the words, or show all.</comment>
        <translation>
            <numerusform>Das eine Beispiel passt nicht zu Suche und Filter. Die Wörter ändern, oder alle zeigen.</numerusform>
            <numerusform>Keines der {n:,} Beispiele passt zu Suche und Filter. Die Wörter ändern, oder alle zeigen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Select rows; Ctrl+A selects all</source>
        <translation>Zeilen auswählen; Strg+A wählt alle</translation>
    </message>
    <message>
        <source>No example fits</source>
        <translation>Kein Beispiel passt</translation>
    </message>
    <message>
        <source>No examples yet</source>
        <translation>Noch keine Beispiele</translation>
    </message>
    <message>
        <source>Grow a tree: each example will be a row here, to be searched, sorted and decided about in bulk.</source>
        <translation>Einen Baum wachsen lassen: Jedes Beispiel wird hier eine Zeile, zum Suchen, Sortieren und Entscheiden in Mengen.</translation>
    </message>
    <message>
        <source>Search examples</source>
        <translation>Beispiele suchen</translation>
    </message>
    <message>
        <source>Search in questions, passages and options</source>
        <translation>In Fragen, Passagen und Optionen suchen</translation>
    </message>
    <message>
        <source>In every state</source>
        <translation>In jedem Zustand</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Open in tree</source>
        <translation>Im Baum öffnen</translation>
    </message>
    <message>
        <source>Select rows first.</source>
        <translation>Zuerst Zeilen auswählen.</translation>
    </message>
    <message>
        <source>Select one row only.</source>
        <translation>Nur eine Zeile auswählen.</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>Option</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Copy the details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Grow …</source>
        <translation>Wachsen …</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Fold, focus, hide rejected, colour by …</source>
        <translation>Einklappen, Zweig im Blick, abgelehnte ausblenden, Farbe nach …</translation>
    </message>
    <message>
        <source>Train and evaluate</source>
        <translation>Trainieren und testen</translation>
    </message>
    <message>
        <source>Train with other settings</source>
        <translation>Mit anderen Einstellungen trainieren</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>Saat {seed}</translation>
    </message>
    <message>
        <source>Search {count:,} examples   Ctrl+F</source>
        <translation>{count:,} durchsuchen   Strg+F</translation>
    </message>
    <message>
        <source>Search   Ctrl+F</source>
        <translation>Suchen   Strg+F</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>{place} of {many}</source>
        <translation>{place} von {many}</translation>
    </message>
    <message>
        <source>The seed at the top is yours; a model wrote the others from it, each from the one above it. Drag to move, turn the wheel to zoom, click one to read it.</source>
        <translation>Die Saat ganz oben ist menschlich; ein Modell hat die anderen daraus geschrieben, jedes aus dem darüber. Ziehen verschiebt, das Rad vergrößert, ein Klick öffnet eines zum Lesen.</translation>
    </message>
    <message>
        <source>Its text, its answer, and where it came from. Approve it with A, reject it with R, prune its branch with Del; Ctrl+Z takes anything back, also tomorrow.</source>
        <translation>Der Text, die Antwort und woher es kommt. A nimmt es an, R lehnt es ab, Entf stutzt seinen Zweig; Strg+Z nimmt alles zurück, auch morgen noch.</translation>
    </message>
    <message>
        <source>Asks the model for more, from the seed or from what is selected. It says what it will cost first; the model in the box costs nothing.</source>
        <translation>Fragt das Modell nach mehr, aus der Saat oder aus dem Ausgewählten. Vorher steht da, was es kosten wird; das mitgelieferte Modell kostet nichts.</translation>
    </message>
    <message>
        <source>All new examples one after the other, large, by keyboard. Those in doubt can come first.</source>
        <translation>Alle neuen Beispiele nacheinander, groß, mit der Tastatur. Die zweifelhaften können zuerst kommen.</translation>
    </message>
    <message>
        <source>Trains a small model on what you keep and judges it on human examples that it never saw.</source>
        <translation>Trainiert ein kleines Modell mit dem Behaltenen und beurteilt es an menschlichen Beispielen, die es nie gesehen hat.</translation>
    </message>
    <message>
        <source>Each run is kept here: as good as human data or not, in a sentence, then in numbers, and where it errs.</source>
        <translation>Jeder Lauf bleibt hier: so gut wie menschliche Daten oder nicht, in einem Satz, dann in Zahlen, und wo es irrt.</translation>
    </message>
    <message>
        <source>What runs, what it has cost, and Stop. Ctrl+K finds every command of the studio; the tour is there too.</source>
        <translation>Was läuft, was es gekostet hat, und Anhalten. Strg+K findet jeden Befehl des Studios; auch der Rundgang ist dort.</translation>
    </message>
    <message>
        <source>A tree of examples</source>
        <translation>Ein Baum von Beispielen</translation>
    </message>
    <message>
        <source>One example in full</source>
        <translation>Ein Beispiel ganz</translation>
    </message>
    <message>
        <source>The verdict</source>
        <translation>Das Urteil</translation>
    </message>
    <message>
        <source>What is going on</source>
        <translation>Was gerade geschieht</translation>
    </message>
    <message>
        <source>No human test set: hold out approved branches</source>
        <translation>Keine menschlichen Testdaten: angenommene Zweige zurückhalten</translation>
    </message>
    <message>
        <source>As the recipe has it</source>
        <translation>Wie im Rezept</translation>
    </message>
    <message>
        <source>The usual settings follow the form of the task; change what you have a reason to change.</source>
        <translation>Die üblichen Einstellungen folgen der Form der Aufgabe; nur ändern, wofür es einen Grund gibt.</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>{name} · test · {test:,}</source>
        <translation>{name} · Test · {test:,}</translation>
    </message>
    <message>
        <source>Judged by</source>
        <translation>Beurteilt an</translation>
    </message>
    <message>
        <source>Compare with as many human examples</source>
        <translation>Mit gleich vielen menschlichen Beispielen vergleichen</translation>
    </message>
    <message>
        <source>Only approved ones</source>
        <translation>Nur angenommene</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>Trainings</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>The one in the box (MiniLM)</source>
        <translation>Der mitgelieferte (MiniLM)</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Early stopping</source>
        <translation>Frühes Ende</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Try the paper&apos;s three learning rates first</source>
        <translation>Zuerst die drei Lernraten des Artikels versuchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapelgröße</translation>
    </message>
    <message>
        <source>Longest text</source>
        <translation>Längster Text</translation>
    </message>
    <message>
        <source>Frozen layers</source>
        <translation>Feste Schichten</translation>
    </message>
    <message>
        <source>LoRA rank</source>
        <translation>LoRA-Rang</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Weigh rare labels up</source>
        <translation>Seltene Labels stärker gewichten</translation>
    </message>
    <message>
        <source>Read each option together with its question</source>
        <translation>Jede Option zusammen mit ihrer Frage lesen</translation>
    </message>
    <message>
        <source>Multiple choice</source>
        <translation>Auswahlfragen</translation>
    </message>
    <message>
        <source>Give at least one seed number, such as 1, 2, 3.</source>
        <translation>Mindestens eine Startzahl angeben, etwa 1, 2, 3.</translation>
    </message>
    <message>
        <source>Drift from the seed</source>
        <translation>Drift von der Saat</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>Wer prüfte</translation>
    </message>
    <message>
        <source>Confidence of the model</source>
        <translation>Konfidenz des Modells</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>No drift is known in this tree.</source>
        <translation>In diesem Baum ist keine Drift bekannt.</translation>
    </message>
    <message>
        <source>Growth with the door open to near duplicates measures it.</source>
        <translation>Ein Wachstum, das ähnliche Beispiele einlässt, misst sie.</translation>
    </message>
    <message>
        <source>Nobody has decided about an example of this tree yet.</source>
        <translation>Noch hat niemand über ein Beispiel dieses Baums entschieden.</translation>
    </message>
    <message>
        <source>Approve or reject some first.</source>
        <translation>Zuerst einige annehmen oder ablehnen.</translation>
    </message>
    <message>
        <source>No model has been trained on this tree yet.</source>
        <translation>Mit diesem Baum wurde noch kein Modell trainiert.</translation>
    </message>
    <message>
        <source>Train and evaluate first.</source>
        <translation>Zuerst trainieren und testen.</translation>
    </message>
    <message>
        <source>No price is known in this tree.</source>
        <translation>In diesem Baum ist kein Preis bekannt.</translation>
    </message>
    <message>
        <source>Models on this machine cost nothing.</source>
        <translation>Modelle auf diesem Rechner kosten nichts.</translation>
    </message>
    <message>
        <source>hh:mm</source>
        <translation>HH:mm</translation>
    </message>
    <message>
        <source>dd MMM hh:mm</source>
        <translation>dd. MMM HH:mm</translation>
    </message>
    <message>
        <source>dd MMM yyyy</source>
        <translation>dd. MMM yyyy</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>löschen</translation>
    </message>
    <message>
        <source>create</source>
        <translation>erzeugen</translation>
    </message>
    <message>
        <source>New sibling …</source>
        <translation>Neues Geschwister …</translation>
    </message>
    <message>
        <source>regenerate</source>
        <translation>neu erzeugen</translation>
    </message>
    <message>
        <source>Check the label …</source>
        <translation>Label prüfen …</translation>
    </message>
    <message>
        <source>Check the labels …</source>
        <translation>Labels prüfen …</translation>
    </message>
    <message>
        <source>answer again reanswer</source>
        <translation>noch einmal beantworten</translation>
    </message>
    <message>
        <source>Rewrite …</source>
        <translation>Umschreiben …</translation>
    </message>
    <message>
        <source>Select branch</source>
        <translation>Zweig auswählen</translation>
    </message>
    <message>
        <source>Open in review</source>
        <translation>In der Durchsicht öffnen</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Als JSON kopieren</translation>
    </message>
    <message>
        <source>clipboard</source>
        <translation>zwischenablage</translation>
    </message>
    <message>
        <source>{many:,} examples</source>
        <translation>{many:,} Beispiele</translation>
    </message>
    <message>
        <source>Select an example first.</source>
        <translation>Zuerst ein Beispiel auswählen.</translation>
    </message>
    <message>
        <source>Select one example only.</source>
        <translation>Nur ein Beispiel auswählen.</translation>
    </message>
    <message>
        <source>There is nothing below this example.</source>
        <translation>Unter diesem Beispiel ist nichts.</translation>
    </message>
    <message>
        <source>It is the whole tree.</source>
        <translation>Es ist der ganze Baum.</translation>
    </message>
    <message>
        <source>Grow from these {many:,} …</source>
        <translation>Aus diesen {many:,} wachsen lassen …</translation>
    </message>
    <message>
        <source>Grow here …</source>
        <translation>Hier wachsen lassen …</translation>
    </message>
    <message>
        <source>Grow from the seed …</source>
        <translation>Aus der Saat wachsen lassen …</translation>
    </message>
    <message>
        <source>Unfold branch</source>
        <translation>Zweig ausklappen</translation>
    </message>
    <message>
        <source>Fold branch</source>
        <translation>Zweig einklappen</translation>
    </message>
    <message>
        <source>Leave this branch</source>
        <translation>Diesen Zweig verlassen</translation>
    </message>
    <message>
        <source>Focus on branch</source>
        <translation>Nur diesen Zweig zeigen</translation>
    </message>
    <message>
        <source>{many:,} examples are too many to copy.</source>
        <translation>{many:,} Beispiele sind zu viele zum Kopieren.</translation>
    </message>
    <message>
        <source>Export the training table instead.</source>
        <translation>Stattdessen die Trainingsdaten exportieren.</translation>
    </message>
    <message numerus="yes">
        <source>{n:,} examples copied as JSON.</source>
        <comment>{n:,} example copied as JSON.</comment>
        <translation>
            <numerusform>{n:,} Beispiel als JSON kopiert.</numerusform>
            <numerusform>{n:,} Beispiele als JSON kopiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Only the seed is here so far. Press G to grow examples from it.</source>
        <translation>Bisher ist nur die Saat da. Mit G Beispiele daraus wachsen lassen.</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Baum</translation>
    </message>
    <message>
        <source>trained on created data</source>
        <translation>trainiert mit erzeugten Daten</translation>
    </message>
    <message>
        <source>trained on human data</source>
        <translation>trainiert mit menschlichen Daten</translation>
    </message>
    <message>
        <source>on all human data</source>
        <translation>mit allen menschlichen Daten</translation>
    </message>
    <message>
        <source>Asking the model: loading it takes some seconds.</source>
        <translation>Das Modell wird gefragt: Es zu laden, dauert einige Sekunden.</translation>
    </message>
    <message>
        <source>How sure a model says it is and how often it is right are two things: the verdict says the latter.</source>
        <translation>Wie sicher ein Modell sich gibt und wie oft es recht hat, ist zweierlei: Das zweite sagt das Urteil.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>The model {name}</source>
        <translation>Das Modell {name}</translation>
    </message>
    <message>
        <source>A question of your own</source>
        <translation>Eine eigene Frage</translation>
    </message>
    <message>
        <source>The passage it is about</source>
        <translation>Die Passage, um die es geht</translation>
    </message>
    <message>
        <source>The options, one a line</source>
        <translation>Die Optionen, eine je Zeile</translation>
    </message>
    <message>
        <source>The model in the box</source>
        <translation>Das mitgelieferte Modell</translation>
    </message>
    <message>
        <source>Seeds, SD</source>
        <translation>Läufe, SD</translation>
    </message>
    <message>
        <source>Macro-F1</source>
        <translation>Makro-F1</translation>
    </message>
    <message>
        <source>not a human test</source>
        <translation>kein menschlicher Test</translation>
    </message>
    <message>
        <source>Judged on {test_name} · {test_items:,} items</source>
        <translation>Beurteilt an: {test_name} · {test_items:,} Aufgaben</translation>
    </message>
    <message>
        <source>{name}: one answer for nearly all items.</source>
        <translation>{name}: eine Antwort für fast alle Aufgaben.</translation>
    </message>
    <message>
        <source>Accuracy, % · majority dashed</source>
        <translation>Genauigkeit, % · Mehrheit gestrichelt</translation>
    </message>
    <message>
        <source>Created data against</source>
        <translation>Erzeugte Daten gegen</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Answers of the model trained on created data</source>
        <translation>Antworten des mit erzeugten Daten trainierten Modells</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Select an example that has some below it first.</source>
        <translation>Zuerst ein Beispiel auswählen, unter dem welche sind.</translation>
    </message>
    <message>
        <source>Save a picture of what is seen …</source>
        <translation>Bild des Sichtbaren speichern …</translation>
    </message>
    <message>
        <source>export PNG SVG</source>
        <translation>exportieren PNG SVG</translation>
    </message>
    <message>
        <source>Save a picture of the whole tree …</source>
        <translation>Bild des ganzen Baums speichern …</translation>
    </message>
    <message>
        <source>export</source>
        <translation>exportieren</translation>
    </message>
    <message>
        <source>Copy a picture of what is seen</source>
        <translation>Bild des Sichtbaren kopieren</translation>
    </message>
    <message>
        <source>clipboard screenshot</source>
        <translation>zwischenablage bildschirmfoto</translation>
    </message>
    <message>
        <source>Colour by {what}</source>
        <translation>Farbe nach {what}</translation>
    </message>
    <message>
        <source>color</source>
        <translation>farbe</translation>
    </message>
    <message>
        <source>Fit the whole tree</source>
        <translation>Den ganzen Baum einpassen</translation>
    </message>
    <message>
        <source>zoom</source>
        <translation>zoom</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>Näher</translation>
    </message>
    <message>
        <source>zoom in</source>
        <translation>vergrößern</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <source>zoom out</source>
        <translation>verkleinern</translation>
    </message>
    <message>
        <source>Nowhere yet.</source>
        <translation>Noch nirgends.</translation>
    </message>
    <message>
        <source>Fold all below depth {depth}</source>
        <translation>Alles unter Tiefe {depth} einklappen</translation>
    </message>
    <message>
        <source>Hide rejected</source>
        <translation>Abgelehnte ausblenden</translation>
    </message>
    <message>
        <source>All is shown.</source>
        <translation>Alles wird gezeigt.</translation>
    </message>
    <message>
        <source>unfold</source>
        <translation>ausklappen</translation>
    </message>
    <message>
        <source>There is one seed only.</source>
        <translation>Es gibt nur eine Saat.</translation>
    </message>
    <message>
        <source>Radial form</source>
        <translation>Kreisform</translation>
    </message>
    <message>
        <source>rings top-down</source>
        <translation>ringe von oben nach unten</translation>
    </message>
    <message>
        <source>All seeds side by side</source>
        <translation>Alle Saaten nebeneinander</translation>
    </message>
    <message>
        <source>forest</source>
        <translation>wald</translation>
    </message>
    <message>
        <source>Colour by {what} …</source>
        <translation>Farbe nach {what} …</translation>
    </message>
    <message>
        <source>legend color</source>
        <translation>legende farbe</translation>
    </message>
    <message>
        <source>The seed&apos;s branch is the whole tree.</source>
        <translation>Der Zweig der Saat ist der ganze Baum.</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Einen Befehl finden</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>palette</source>
        <translation>palette</translation>
    </message>
    <message>
        <source>begin learn introduction</source>
        <translation>anfangen lernen einführung</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Es gibt nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>Es gibt nichts zu wiederholen.</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>seed begin</source>
        <translation>saat anfangen</translation>
    </message>
    <message>
        <source>file load project</source>
        <translation>datei laden projekt</translation>
    </message>
    <message>
        <source>Save a copy …</source>
        <translation>Kopie speichern …</translation>
    </message>
    <message>
        <source>file as backup</source>
        <translation>datei als sicherung</translation>
    </message>
    <message>
        <source>Close the project</source>
        <translation>Projekt schließen</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>again</source>
        <translation>noch einmal</translation>
    </message>
    <message>
        <source>Add a seed …</source>
        <translation>Saat hinzufügen …</translation>
    </message>
    <message>
        <source>example new</source>
        <translation>beispiel neu</translation>
    </message>
    <message>
        <source>Import human data …</source>
        <translation>Menschliche Daten importieren …</translation>
    </message>
    <message>
        <source>file csv jsonl test set</source>
        <translation>datei csv jsonl testdaten</translation>
    </message>
    <message>
        <source>Export the training table …</source>
        <translation>Trainingsdaten exportieren …</translation>
    </message>
    <message>
        <source>save</source>
        <translation>speichern</translation>
    </message>
    <message>
        <source>What growths cost …</source>
        <translation>Was Wachstümer kosten …</translation>
    </message>
    <message>
        <source>price spent</source>
        <translation>preis ausgegeben</translation>
    </message>
    <message>
        <source>cost dollars</source>
        <translation>kosten dollar</translation>
    </message>
    <message>
        <source>Go to {title}</source>
        <translation>Gehe zu: {title}</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>page show open</source>
        <translation>seite zeigen öffnen</translation>
    </message>
    <message>
        <source>Go to the start page</source>
        <translation>Zur Startseite gehen</translation>
    </message>
    <message>
        <source>home</source>
        <translation>anfang</translation>
    </message>
    <message>
        <source>find</source>
        <translation>finden</translation>
    </message>
    <message>
        <source>create examples</source>
        <translation>beispiele erzeugen</translation>
    </message>
    <message>
        <source>learn judge model</source>
        <translation>lernen beurteilen modell</translation>
    </message>
    <message>
        <source>Train with other settings …</source>
        <translation>Mit anderen Einstellungen trainieren …</translation>
    </message>
    <message>
        <source>options</source>
        <translation>optionen</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>Den Lauf anhalten</translation>
    </message>
    <message>
        <source>cancel end</source>
        <translation>abbrechen ende</translation>
    </message>
    <message>
        <source>example sample begin</source>
        <translation>beispiel muster anfangen</translation>
    </message>
    <message>
        <source>Open {stem}</source>
        <translation>{stem} öffnen</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Begin with the sample “{title}”</source>
        <translation>Mit dem Muster „{title}“ beginnen</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>open</source>
        <translation>öffnen</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message>
        <source>A copy is in {name}.</source>
        <translation>Eine Kopie ist in {name}.</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>It ended without a word.</source>
        <translation>Es endete ohne ein Wort.</translation>
    </message>
    <message>
        <source>The project was closed meanwhile: nothing was done.</source>
        <translation>Das Projekt wurde inzwischen geschlossen: Nichts ist geschehen.</translation>
    </message>
    <message>
        <source>Open it and do it again.</source>
        <translation>Es öffnen und noch einmal versuchen.</translation>
    </message>
</context>
</TS>
