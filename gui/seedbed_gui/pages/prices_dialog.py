"""The dialog of prices: the dated list, and a person's own, which go before it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from seedbed_engine.asking.prices import Price, PriceList, own_prices_path, read_prices, set_own_price
from seedbed_engine.errors import PersonError
from seedbed_gui import style
from seedbed_gui.language import figure, mark, tr
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.frames import column, row
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.settings_form import FIELD_HEIGHT, QT_AIR, amount
from seedbed_gui.pages.tables import Table
from seedbed_gui.sayings import told

MOST = 99_999.0
COLUMNS = (mark("Model"), mark("Prompt"), mark("Reply"), "")
FREE = PriceList("", "", {}, frozenset())


class PricesDialog(Dialog):
    """All prices as a table; below it one model's price can be given or taken out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Prices of models"), tr("In US dollars for a million tokens."), tr("Close"), (640, 640), parent
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.cancel_button.hide()
        self.source = Label("", "small", wraps=True)
        self.table = Table(tr("Prices"), [tr(name) for name in COLUMNS], tr("Model"), right=(tr("Prompt"), tr("Reply")))
        self.table.set_widths(c1=96, c2=96, c3=96)
        self.table.setMinimumHeight(280)
        self.table.row_chosen.connect(self._take_row)
        self.body.column.addWidget(self.table, 1)
        self.body.column.addWidget(self.source)
        self.model = QComboBox()
        self.model.setEditable(True)
        named = QLineEdit()
        named.setPlaceholderText(tr("Model or deployment"))
        self.model.setLineEdit(named)
        self.prompt, self.completion = (amount(0.0, 0.0, MOST, 4) for _ in range(2))
        self._build_fields()
        self._prices = FREE
        self._show()

    def _build_fields(self) -> None:
        line = row(space=style.S)
        for name, field, share in (
            (tr("Model"), self.model, 3),
            (tr("Prompt"), self.prompt, 1),
            (tr("Reply"), self.completion, 1),
        ):
            part = column(space=style.XS)
            part.addWidget(Label(name, "caption"))
            part.addWidget(field)
            field.setFixedHeight(FIELD_HEIGHT)
            inner = field.lineEdit()
            if inner is not None and field is not self.model:
                inner.setTextMargins(style.S - QT_AIR, 0, style.S - QT_AIR, 0)
            field.setAccessibleName(name)
            line.addLayout(part, share)
        self.set_button = Button(tr("Set as my price"), self._set)
        self.set_button.setAutoDefault(False)
        self.remove_button = Button(tr("Take my price out"), self._remove, "link")
        self.remove_button.setAutoDefault(False)
        line.addWidget(self.set_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.column.addLayout(line)
        last = row()
        last.addWidget(self.remove_button)
        last.addStretch(1)
        self.body.column.addLayout(last)
        self.model.currentTextChanged.connect(self._take_name)

    def _show(self) -> None:
        try:
            self._prices = read_prices()
        except PersonError as error:
            self._complain(error)
            return
        found, name = self._prices, self.model.currentText()
        names = sorted(found.models, key=lambda each: (each not in found.own, each))
        self.table.rows.show_rows(
            [
                (each, *(_dollars(usd) for usd in (found.models[each].prompt, found.models[each].completion)), whose)
                for each in names
                for whose in ["yours" if each in found.own else ""]
            ]
        )
        self.source.setText(
            tr(
                "The list is of {day}: {source}. Yours are kept in {path}.",
                day=found.day,
                source=found.source,
                path=own_prices_path(),
            )
        )
        self.model.blockSignals(True)
        self.model.clear()
        self.model.addItems(names)
        self.model.setEditText(name)
        self.model.blockSignals(False)
        self._take_name(name)

    def _take_row(self, place: int) -> None:
        if 0 <= place < len(self.table.rows.rows):
            self.model.setEditText(self.table.rows.rows[place][0])

    def _take_name(self, name: str) -> None:
        self.show_said("")
        known = self._prices.models.get(name)
        if known is not None:
            self.prompt.setValue(known.prompt)
            self.completion.setValue(known.completion)
        self.set_button.setEnabled(bool(name.strip()))
        self.remove_button.setVisible(name in self._prices.own)

    def _set(self) -> None:
        self._write(Price(self.prompt.value(), self.completion.value()))

    def _remove(self) -> None:
        self._write(None)

    def _write(self, price: Price | None) -> None:
        name = self.model.currentText().strip()
        try:
            set_own_price(name, price)
        except PersonError as error:
            self._complain(error)
            return
        self._show()
        self.show_said(
            tr("{name} has your price now.", name=name)
            if price
            else tr("{name} has no price of yours any more.", name=name)
        )

    def _complain(self, error: PersonError) -> None:
        self.said.set_role("wrong")
        self.said.setText(told(str(error)))

    def show_said(self, text: str) -> None:
        """Say something at the foot."""
        self.said.set_role("quiet")
        self.said.setText(text)


def _dollars(usd: float) -> str:
    return figure(usd, ".2f") if round(usd, 2) == round(usd, 4) else figure(usd, ".4f").rstrip("0")
