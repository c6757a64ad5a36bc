"""What the database holds of money: nothing below zero is owed on an invoice or left of a payment.

Each check waits for the end of the transaction and locks the invoice or payment it is about, so that of two transactions
the later one counts what the earlier one wrote. They fire by name: a payment is locked before an invoice, as actions do.
"""

import pgtrigger

BALANCE = """(SELECT net FROM billing_invoice WHERE id = billed)
        - COALESCE((SELECT SUM(amount) FROM billing_allocation WHERE invoice_id = billed), 0)
        + COALESCE((SELECT SUM(freed.amount) FROM billing_freed freed JOIN billing_allocation part ON part.id = freed.allocation_id WHERE part.invoice_id = billed), 0)
        - COALESCE((SELECT SUM(amount) FROM billing_creditnote WHERE invoice_id = billed), 0)"""


def _at_the_end(name: str, variable: str, func: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.After, operation=pgtrigger.Insert, timing=pgtrigger.Deferred, declare=[(variable, "BIGINT")], func=func
    )


OWED = _at_the_end("owed_not_below_zero", "billed", f"""
    billed = NEW.invoice_id;
    PERFORM 1 FROM billing_invoice WHERE id = billed FOR NO KEY UPDATE;
    IF {BALANCE} < 0 THEN
        RAISE EXCEPTION 'invoice % would be paid and credited over its net', billed USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
""")  # fmt: skip
LEFT = _at_the_end("left_not_below_zero", "received", """
    received = NEW.payment_id;
    PERFORM 1 FROM billing_payment WHERE id = received FOR NO KEY UPDATE;
    IF (SELECT amount FROM billing_payment WHERE id = received)
        - COALESCE((SELECT SUM(amount) FROM billing_allocation WHERE payment_id = received), 0)
        + COALESCE((SELECT SUM(freed.amount) FROM billing_freed freed JOIN billing_allocation part ON part.id = freed.allocation_id WHERE part.payment_id = received), 0)
        - COALESCE((SELECT SUM(amount) FROM billing_refund WHERE payment_id = received), 0) < 0 THEN
        RAISE EXCEPTION 'payment % would be applied and refunded over its amount', received USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
""")  # fmt: skip
FREED = _at_the_end("freed_is_credited", "billed", f"""
    billed = (SELECT invoice_id FROM billing_allocation WHERE id = NEW.allocation_id);
    PERFORM 1 FROM billing_invoice WHERE id = billed FOR NO KEY UPDATE;
    IF billed <> (SELECT invoice_id FROM billing_creditnote WHERE id = NEW.credit_note_id)
        OR (SELECT SUM(amount) FROM billing_freed WHERE allocation_id = NEW.allocation_id) > (SELECT amount FROM billing_allocation WHERE id = NEW.allocation_id)
        OR {BALANCE} <> 0 THEN
        RAISE EXCEPTION 'a credit note of invoice % frees what was not applied to it, or more than it takes off', billed USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
""")  # fmt: skip
REFUNDED = _at_the_end("refunded_to_the_payer", "payer", """
    payer = (SELECT account_id FROM billing_payment WHERE id = NEW.payment_id);
    IF payer <> NEW.account_id THEN
        RAISE EXCEPTION 'a payment of account % is refunded to another', payer USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
""")  # fmt: skip
