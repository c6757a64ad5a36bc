"""What the campaign's actions ask for."""

from django import forms


class Sign(forms.Form):
    """The name under our signature."""

    name = forms.CharField(label="Name", max_length=120)


class Countersign(forms.Form):
    """A client's signature seen on paper."""

    name = forms.CharField(label="Signed by", max_length=120)
    on_paper = forms.CharField(label="Where it was seen", max_length=200)


class Why(forms.Form):
    """A reason for the history."""

    why = forms.CharField(label="Why", max_length=300)


class Decide(forms.Form):
    """Approve, or reject with what would have to change."""

    outcome = forms.ChoiceField(choices=[("approved", "Approve"), ("rejected", "Reject")])
    reason = forms.CharField(label="Reason", max_length=500, required=False)


class Number(forms.Form):
    """The client's purchase order number."""

    po_number = forms.CharField(label="Purchase order", max_length=60)


class Cancelling(forms.Form):
    """Days of notice and the fee: of an order, an agreement, or the seller."""

    notice_days = forms.IntegerField(label="Days of notice", min_value=0, max_value=365)
    other_notice_days = forms.IntegerField(label="Days for what is not guaranteed", min_value=0, max_value=365)
    fee_pct = forms.DecimalField(label="Fee", min_value=0, max_value=100, max_digits=5, decimal_places=2)


class Say(forms.Form):
    """What is written, and who reads it."""

    body = forms.CharField(max_length=5000)
    audience = forms.ChoiceField(choices=[("us", "Internal"), ("client", "Client sees this")])
