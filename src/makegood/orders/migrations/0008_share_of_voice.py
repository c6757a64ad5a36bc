from django.db import migrations, models

SQL = """
CREATE FUNCTION voice_over_full(places bigint[], since date, until date, moment timestamptz, client bigint, booking boolean)
RETURNS TABLE (place bigint, day date, total bigint) LANGUAGE sql STABLE AS $$
    WITH claims AS (
        SELECT r.placement_id, lower(r.days) AS since, upper(r.days) - 1 AS until, CASE WHEN r.exclusive THEN 100 ELSE r.share_pct END AS share
          FROM orders_reservation AS r
          JOIN orders_flight AS f ON f.id = r.flight_id JOIN orders_line AS l ON l.id = f.line_id JOIN orders_order AS o ON o.id = l.order_id
         WHERE r.placement_id = ANY(places) AND r.released_at IS NULL AND (r.exclusive OR r.share_pct IS NOT NULL)
           AND r.days && daterange($2, $3, '[]') AND (booking OR o.advertiser_id <> client)
        UNION ALL
        SELECT p.placement_id, h.start, h."end", h.share_pct
          FROM sales_hold AS h JOIN catalog_product_placements AS p ON p.product_id = h.product_id
         WHERE p.placement_id = ANY(places) AND h.status = 'held' AND h.share_pct IS NOT NULL AND h.expires_at > moment
           AND h.start <= $3 AND h."end" >= $2 AND (NOT booking OR h.advertiser_id <> client)
    )
    SELECT c.placement_id, d::date, sum(c.share)
      FROM claims AS c CROSS JOIN LATERAL generate_series(greatest(c.since, $2)::timestamp, least(c.until, $3)::timestamp, interval '1 day') AS d
     GROUP BY 1, 2 HAVING sum(c.share) > 100 ORDER BY 2, 1 LIMIT 1
$$;

CREATE FUNCTION voice_of_a_booking() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE full_day record; client bigint;
BEGIN
    PERFORM 1 FROM catalog_placement WHERE id = NEW.placement_id FOR NO KEY UPDATE;
    SELECT o.advertiser_id INTO client FROM orders_flight AS f
      JOIN orders_line AS l ON l.id = f.line_id JOIN orders_order AS o ON o.id = l.order_id WHERE f.id = NEW.flight_id;
    SELECT * INTO full_day FROM voice_over_full(ARRAY[NEW.placement_id], lower(NEW.days), upper(NEW.days) - 1, NEW.at, client, true);
    IF FOUND THEN
        RAISE EXCEPTION 'share of voice of placement % on % would be % per cent', full_day.place, full_day.day, full_day.total
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION voice_of_a_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE full_day record; places bigint[];
BEGIN
    SELECT array_agg(placement_id ORDER BY placement_id) INTO places FROM catalog_product_placements WHERE product_id = NEW.product_id;
    PERFORM 1 FROM catalog_placement WHERE id = ANY(places) ORDER BY id FOR NO KEY UPDATE;
    SELECT * INTO full_day FROM voice_over_full(places, NEW.start, NEW."end", NEW.held_at, NEW.advertiser_id, false);
    IF FOUND THEN
        RAISE EXCEPTION 'share of voice of placement % on % would be % per cent', full_day.place, full_day.day, full_day.total
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER voice_kept AFTER INSERT OR UPDATE OF days, placement_id, exclusive, share_pct, released_at ON orders_reservation
    FOR EACH ROW WHEN (NEW.released_at IS NULL AND (NEW.exclusive OR NEW.share_pct IS NOT NULL)) EXECUTE FUNCTION voice_of_a_booking();
CREATE TRIGGER voice_kept AFTER INSERT OR UPDATE OF status, product_id, start, "end", share_pct ON sales_hold
    FOR EACH ROW WHEN (NEW.status = 'held' AND NEW.share_pct IS NOT NULL) EXECUTE FUNCTION voice_of_a_hold();
"""
BACK = """
DROP TRIGGER voice_kept ON sales_hold;
DROP TRIGGER voice_kept ON orders_reservation;
DROP FUNCTION voice_of_a_hold();
DROP FUNCTION voice_of_a_booking();
DROP FUNCTION voice_over_full(bigint[], date, date, timestamptz, bigint, boolean);
"""


class Migration(migrations.Migration):

    dependencies = [
        ("orders", "0007_papers"),
        ("sales", "0002_hold_queues"),
        ("catalog", "0006_share_of_voice"),
    ]

    operations = [
        migrations.AddField(
            model_name="reservation", name="share_pct",
            field=models.PositiveSmallIntegerField(blank=True, help_text="of the voice on its days", null=True),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.CheckConstraint(condition=models.Q(("share_pct", None), models.Q(("share_pct__gte", 1), ("share_pct__lte", 100)), _connector="OR"), name="reserved_share"),
        ),
        migrations.RunSQL(SQL, BACK),
    ]
