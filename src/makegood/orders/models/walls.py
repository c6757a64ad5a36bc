"""What the database itself refuses of an order, whoever asks."""

import pgtrigger

KEPT_FOR_ANOTHER = pgtrigger.Trigger(
    name="kept_for_another", when=pgtrigger.Before, operation=pgtrigger.UpdateOf("status"),
    func="""
    IF NEW.status = 'booked' AND OLD.status <> 'booked' AND EXISTS (
        SELECT 1 FROM accounts_exclusivity e
        JOIN accounts_account a ON a.party_id = NEW.advertiser_id
        LEFT JOIN accounts_brand b ON b.id = NEW.brand_id
        JOIN orders_line l ON l.order_id = NEW.id AND l.status <> 'cancelled' AND daterange(l.start, l."end", '[]') && e.days
        JOIN catalog_product p ON p.id = l.product_id AND (e.property_id IS NULL OR e.property_id = p.property_id)
        WHERE e.released_at IS NULL AND e.account_id <> NEW.advertiser_id
          AND lower(e.category) = lower(COALESCE(NULLIF(b.category, ''), a.category))
    ) AND NOT EXISTS (
        SELECT 1 FROM work_approval w JOIN orders_revision r ON r.order_id = NEW.id AND r.number = NEW.revision AND r.sha256 = w.binds_to
        WHERE w.subject_type = 'orders.order' AND w.subject_id = NEW.id AND w.kind = 'exclusivity' AND w.status = 'approved'
    ) THEN
        RAISE EXCEPTION 'its category is kept for another client' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
    """,
)  # fmt: skip
