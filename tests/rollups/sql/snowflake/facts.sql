SELECT
  "t4"."flight_id",
  "t4"."version_id",
  "t4"."placement_id",
  "t4"."hour",
  "t4"."device",
  SUM(IFF("t4"."kind" = 'served', "t4"."weight", 0)) AS "served",
  SUM(IFF("t4"."kind" = 'impression', "t4"."weight", 0)) AS "gross",
  SUM(
    IFF((
      "t4"."kind" = 'impression'
    ) AND (
      "t4"."reason" = ''
    ), "t4"."weight", 0)
  ) AS "net",
  SUM(IFF("t4"."kind" = 'viewable', "t4"."weight", 0)) AS "viewable",
  SUM(IFF("t4"."kind" = 'complete', "t4"."weight", 0)) AS "completes",
  SUM(IFF("t4"."kind" = 'click', "t4"."weight", 0)) AS "clicks"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t2"."flight_id",
      "t2"."version_id",
      "t2"."placement_id",
      "t2"."hour",
      "t2"."device",
      "t2"."order_id",
      "t2"."line_id",
      "t2"."geo",
      "t2"."person",
      "t2"."kind",
      "t2"."at",
      "t2"."seller_day",
      "t2"."weight",
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
        "t1"."id",
        IFF("t1"."kind" = 'refused', 'impression', "t1"."kind") AS "kind",
        "t1"."at",
        "t1"."placement_id",
        "t1"."flight_id",
        "t1"."line_id",
        "t1"."order_id",
        "t1"."creative_id",
        "t1"."version_id",
        "t1"."plan_version",
        "t1"."geo",
        "t1"."device",
        "t1"."ip",
        "t1"."bot",
        "t1"."datacentre",
        "t1"."prefetch",
        "t1"."zero_size",
        "t1"."test",
        "t1"."weight",
        "t1"."reason",
        "t1"."audiences",
        "t1"."hour",
        "t1"."seller_day",
        "t1"."person",
        "t1"."segment",
        "t1"."position",
        "t1"."kind" = 'refused' AS "expired",
        IFF(
          "t1"."kind" = 'refused',
          0,
          ROW_NUMBER() OVER (
            PARTITION BY "t1"."id"
            ORDER BY "t1"."at" ASC, "t1"."segment" ASC, "t1"."position" ASC
          ) - 1
        ) AS "copy"
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
              AND ENDSWITH("t0"."id", '.impression.refused')
            )
          )
      ) AS "t1"
    ) AS "t2"
    WHERE
      "t2"."at" >= 1795132800000 AND "t2"."at" < 1795219200000
  ) AS "t3"
  WHERE
    "t3"."kind" IN ('served', 'impression', 'viewable', 'complete', 'click')
    AND (
      (
        "t3"."reason" = ''
      ) OR (
        "t3"."kind" = 'impression'
      )
    )
) AS "t4"
GROUP BY
  1,
  2,
  3,
  4,
  5
