SELECT
  "t5"."flight_id" AS "flight_id",
  "t5"."seller_day" AS "seller_day",
  "t5"."person" AS "person"
FROM (
  SELECT
    "t4"."flight_id" AS "flight_id",
    "t4"."seller_day" AS "seller_day",
    "t4"."person" AS "person",
    ROW_NUMBER() OVER (
      PARTITION BY "t4"."flight_id", "t4"."seller_day"
      ORDER BY "t4"."person" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "rank"
  FROM (
    SELECT DISTINCT
      "t3"."flight_id" AS "flight_id",
      "t3"."seller_day" AS "seller_day",
      "t3"."person" AS "person"
    FROM (
      SELECT
        "t2"."flight_id" AS "flight_id",
        "t2"."version_id" AS "version_id",
        "t2"."placement_id" AS "placement_id",
        "t2"."hour" AS "hour",
        "t2"."device" AS "device",
        "t2"."order_id" AS "order_id",
        "t2"."line_id" AS "line_id",
        "t2"."geo" AS "geo",
        "t2"."person" AS "person",
        "t2"."kind" AS "kind",
        "t2"."at" AS "at",
        "t2"."seller_day" AS "seller_day",
        "t2"."weight" AS "weight",
        CASE
          WHEN "t2"."copy" > 0
          THEN 'duplicate'
          WHEN "t2"."expired"
          THEN 'expired_signature'
          WHEN "t2"."test"
          THEN 'self_test'
          WHEN "t2"."prefetch" OR "t2"."zero_size"
          THEN 'prefetch'
          WHEN "t2"."bot" <> ''
          THEN 'known_bot'
          WHEN "t2"."datacentre"
          THEN 'data_centre'
          ELSE ''
        END AS "reason"
      FROM (
        SELECT
          "t1"."id" AS "id",
          CASE WHEN "t1"."kind" = 'refused' THEN 'impression' ELSE "t1"."kind" END AS "kind",
          "t1"."at" AS "at",
          "t1"."placement_id" AS "placement_id",
          "t1"."flight_id" AS "flight_id",
          "t1"."line_id" AS "line_id",
          "t1"."order_id" AS "order_id",
          "t1"."creative_id" AS "creative_id",
          "t1"."version_id" AS "version_id",
          "t1"."plan_version" AS "plan_version",
          "t1"."geo" AS "geo",
          "t1"."device" AS "device",
          "t1"."ip" AS "ip",
          "t1"."bot" AS "bot",
          "t1"."datacentre" AS "datacentre",
          "t1"."prefetch" AS "prefetch",
          "t1"."zero_size" AS "zero_size",
          "t1"."test" AS "test",
          "t1"."weight" AS "weight",
          "t1"."reason" AS "reason",
          "t1"."audiences" AS "audiences",
          "t1"."hour" AS "hour",
          "t1"."seller_day" AS "seller_day",
          "t1"."person" AS "person",
          "t1"."segment" AS "segment",
          "t1"."position" AS "position",
          "t1"."kind" = 'refused' AS "expired",
          CASE
            WHEN "t1"."kind" = 'refused'
            THEN 0
            ELSE ROW_NUMBER() OVER (
              PARTITION BY "t1"."id"
              ORDER BY "t1"."at" ASC, "t1"."segment" ASC, "t1"."position" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1
          END AS "copy"
        FROM (
          SELECT
            *
          FROM "events" AS "t0"
          WHERE
            "t0"."flight_id" <> 0
            AND (
              "t0"."kind" IN (
                'served',
                'impression',
                'viewable',
                'complete',
                'click',
                'start',
                'firstQuartile',
                'midpoint',
                'thirdQuartile'
              )
              OR (
                (
                  "t0"."kind" = 'refused'
                )
                AND (
                  "t0"."reason" = 'expired'
                )
                AND endsWith("t0"."id", '.impression.refused')
              )
            )
        ) AS "t1"
      ) AS "t2"
      WHERE
        "t2"."seller_day" = toDate('2026-11-20')
    ) AS "t3"
    WHERE
      "t3"."kind" = 'impression' AND "t3"."reason" = '' AND "t3"."person" <> 0
  ) AS "t4"
) AS "t5"
WHERE
  "t5"."rank" < 16384
