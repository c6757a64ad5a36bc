SELECT
  "t6"."flight_id" AS "flight_id",
  "t6"."version_id" AS "version_id",
  "t6"."placement_id" AS "placement_id",
  "t6"."hour" AS "hour",
  "t6"."device" AS "device",
  SUM(CASE WHEN "t6"."kind" = 'start' THEN "t6"."weight" ELSE 0 END) AS "starts",
  SUM(CASE WHEN "t6"."kind" = 'firstQuartile' THEN "t6"."weight" ELSE 0 END) AS "first_quartiles",
  SUM(CASE WHEN "t6"."kind" = 'midpoint' THEN "t6"."weight" ELSE 0 END) AS "midpoints",
  SUM(CASE WHEN "t6"."kind" = 'thirdQuartile' THEN "t6"."weight" ELSE 0 END) AS "third_quartiles",
  SUM(CASE WHEN "t6"."kind" = 'complete' THEN "t6"."weight" ELSE 0 END) AS "completes"
FROM (
  SELECT
    "t5"."flight_id" AS "flight_id",
    "t5"."version_id" AS "version_id",
    "t5"."placement_id" AS "placement_id",
    "t5"."hour" AS "hour",
    "t5"."device" AS "device",
    "t5"."order_id" AS "order_id",
    "t5"."line_id" AS "line_id",
    "t5"."geo" AS "geo",
    "t5"."person" AS "person",
    "t5"."kind" AS "kind",
    "t5"."at" AS "at",
    "t5"."seller_day" AS "seller_day",
    "t5"."weight" AS "weight",
    CASE
      WHEN "t5"."accepted" AND "t5"."over"
      THEN 'impossible_rate'
      ELSE "t5"."reason"
    END AS "reason"
  FROM (
    SELECT
      "t4"."id" AS "id",
      "t4"."kind" AS "kind",
      "t4"."at" AS "at",
      "t4"."placement_id" AS "placement_id",
      "t4"."flight_id" AS "flight_id",
      "t4"."line_id" AS "line_id",
      "t4"."order_id" AS "order_id",
      "t4"."creative_id" AS "creative_id",
      "t4"."version_id" AS "version_id",
      "t4"."plan_version" AS "plan_version",
      "t4"."geo" AS "geo",
      "t4"."device" AS "device",
      "t4"."ip" AS "ip",
      "t4"."bot" AS "bot",
      "t4"."datacentre" AS "datacentre",
      "t4"."prefetch" AS "prefetch",
      "t4"."zero_size" AS "zero_size",
      "t4"."test" AS "test",
      "t4"."weight" AS "weight",
      "t4"."reason" AS "reason",
      "t4"."audiences" AS "audiences",
      "t4"."sender" AS "sender",
      "t4"."agent" AS "agent",
      "t4"."age_ms" AS "age_ms",
      "t4"."hour" AS "hour",
      "t4"."seller_day" AS "seller_day",
      "t4"."person" AS "person",
      "t4"."segment" AS "segment",
      "t4"."position" AS "position",
      "t4"."expired" AS "expired",
      "t4"."copy" AS "copy",
      "t4"."minute" AS "minute",
      "t4"."accepted" AS "accepted",
      (
        SUM(
          CASE
            WHEN "t4"."accepted" AND (
              "t4"."kind" = 'impression'
            )
            THEN "t4"."weight"
            ELSE 0
          END
        ) OVER (
          PARTITION BY "t4"."sender", "t4"."minute"
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) > 120
      )
      OR (
        SUM(
          CASE
            WHEN "t4"."accepted" AND (
              "t4"."kind" = 'click'
            )
            THEN "t4"."weight"
            ELSE 0
          END
        ) OVER (
          PARTITION BY "t4"."sender", "t4"."minute"
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) > 12
      ) AS "over"
    FROM (
      SELECT
        "t3"."id" AS "id",
        "t3"."kind" AS "kind",
        "t3"."at" AS "at",
        "t3"."placement_id" AS "placement_id",
        "t3"."flight_id" AS "flight_id",
        "t3"."line_id" AS "line_id",
        "t3"."order_id" AS "order_id",
        "t3"."creative_id" AS "creative_id",
        "t3"."version_id" AS "version_id",
        "t3"."plan_version" AS "plan_version",
        "t3"."geo" AS "geo",
        "t3"."device" AS "device",
        "t3"."ip" AS "ip",
        "t3"."bot" AS "bot",
        "t3"."datacentre" AS "datacentre",
        "t3"."prefetch" AS "prefetch",
        "t3"."zero_size" AS "zero_size",
        "t3"."test" AS "test",
        "t3"."weight" AS "weight",
        "t3"."reason" AS "reason",
        "t3"."audiences" AS "audiences",
        "t3"."sender" AS "sender",
        "t3"."agent" AS "agent",
        "t3"."age_ms" AS "age_ms",
        "t3"."hour" AS "hour",
        "t3"."seller_day" AS "seller_day",
        "t3"."person" AS "person",
        "t3"."segment" AS "segment",
        "t3"."position" AS "position",
        "t3"."expired" AS "expired",
        "t3"."copy" AS "copy",
        "t3"."at" - (
          "t3"."at" % 60000
        ) AS "minute",
        (
          "t3"."reason" = ''
        )
        AND (
          "t3"."kind" <> 'served'
        )
        AND (
          "t3"."sender" <> 0
        ) AS "accepted"
      FROM (
        SELECT
          "t2"."id" AS "id",
          "t2"."kind" AS "kind",
          "t2"."at" AS "at",
          "t2"."placement_id" AS "placement_id",
          "t2"."flight_id" AS "flight_id",
          "t2"."line_id" AS "line_id",
          "t2"."order_id" AS "order_id",
          "t2"."creative_id" AS "creative_id",
          "t2"."version_id" AS "version_id",
          "t2"."plan_version" AS "plan_version",
          "t2"."geo" AS "geo",
          "t2"."device" AS "device",
          "t2"."ip" AS "ip",
          "t2"."bot" AS "bot",
          "t2"."datacentre" AS "datacentre",
          "t2"."prefetch" AS "prefetch",
          "t2"."zero_size" AS "zero_size",
          "t2"."test" AS "test",
          "t2"."weight" AS "weight",
          CASE
            WHEN "t2"."copy" > 0
            THEN 'duplicate'
            WHEN "t2"."expired"
            THEN 'expired_signature'
            WHEN "t2"."test"
            THEN 'self_test'
            WHEN "t2"."prefetch"
            THEN 'prefetch'
            WHEN "t2"."zero_size"
            THEN 'zero_size'
            WHEN (
              "t2"."bot" <> ''
            )
            OR (
              position(LOWER("t2"."agent"), 'gptbot') > 0
            )
            OR (
              position(LOWER("t2"."agent"), 'selenium') > 0
            )
            THEN 'known_bot'
            WHEN "t2"."datacentre"
            THEN 'data_centre'
            WHEN (
              "t2"."kind" = 'click'
            )
            AND (
              "t2"."age_ms" >= 0
            )
            AND (
              "t2"."age_ms" < 1000
            )
            THEN 'fast_click'
            ELSE ''
          END AS "reason",
          "t2"."audiences" AS "audiences",
          "t2"."sender" AS "sender",
          "t2"."agent" AS "agent",
          "t2"."age_ms" AS "age_ms",
          "t2"."hour" AS "hour",
          "t2"."seller_day" AS "seller_day",
          "t2"."person" AS "person",
          "t2"."segment" AS "segment",
          "t2"."position" AS "position",
          "t2"."expired" AS "expired",
          "t2"."copy" AS "copy"
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
            "t1"."sender" AS "sender",
            "t1"."agent" AS "agent",
            "t1"."age_ms" AS "age_ms",
            "t1"."hour" AS "hour",
            "t1"."seller_day" AS "seller_day",
            "t1"."person" AS "person",
            "t1"."segment" AS "segment",
            "t1"."position" AS "position",
            "t1"."kind" = 'refused' AS "expired",
            ROW_NUMBER() OVER (
              PARTITION BY "t1"."id"
              ORDER BY "t1"."at" ASC, "t1"."segment" ASC, "t1"."position" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) - 1 AS "copy"
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
                  'audible',
                  'conversion',
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
      ) AS "t3"
    ) AS "t4"
  ) AS "t5"
  WHERE
    "t5"."at" >= 1795824000000
    AND "t5"."at" < 1795910400000
    AND CASE
      WHEN "t5"."accepted" AND "t5"."over"
      THEN 'impossible_rate'
      ELSE "t5"."reason"
    END = ''
    AND "t5"."kind" IN ('start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete')
) AS "t6"
GROUP BY
  "t6"."flight_id",
  "t6"."version_id",
  "t6"."placement_id",
  "t6"."hour",
  "t6"."device"
