SELECT
  `t6`.`flight_id`,
  `t6`.`seller_day`,
  COUNT(DISTINCT IF(`t6`.`person` <> 0, `t6`.`person`, NULL)) AS `people`,
  SUM(`t6`.`weight`) AS `impressions`,
  SUM(IF(NOT (
    `t6`.`person` <> 0
  ), `t6`.`weight`, 0)) AS `of_nobody`
FROM (
  SELECT
    `t5`.`flight_id`,
    `t5`.`version_id`,
    `t5`.`placement_id`,
    `t5`.`hour`,
    `t5`.`device`,
    `t5`.`order_id`,
    `t5`.`line_id`,
    `t5`.`geo`,
    `t5`.`person`,
    `t5`.`kind`,
    `t5`.`at`,
    `t5`.`seller_day`,
    `t5`.`weight`,
    IF(`t5`.`accepted` AND `t5`.`over`, 'impossible_rate', `t5`.`reason`) AS `reason`
  FROM (
    SELECT
      `t4`.`id`,
      `t4`.`kind`,
      `t4`.`at`,
      `t4`.`placement_id`,
      `t4`.`flight_id`,
      `t4`.`line_id`,
      `t4`.`order_id`,
      `t4`.`creative_id`,
      `t4`.`version_id`,
      `t4`.`plan_version`,
      `t4`.`geo`,
      `t4`.`device`,
      `t4`.`ip`,
      `t4`.`bot`,
      `t4`.`datacentre`,
      `t4`.`prefetch`,
      `t4`.`zero_size`,
      `t4`.`test`,
      `t4`.`weight`,
      `t4`.`reason`,
      `t4`.`audiences`,
      `t4`.`sender`,
      `t4`.`agent`,
      `t4`.`age_ms`,
      `t4`.`hour`,
      `t4`.`seller_day`,
      `t4`.`person`,
      `t4`.`segment`,
      `t4`.`position`,
      `t4`.`expired`,
      `t4`.`copy`,
      `t4`.`minute`,
      `t4`.`accepted`,
      (
        SUM(IF(`t4`.`accepted` AND (
          `t4`.`kind` = 'impression'
        ), `t4`.`weight`, 0)) OVER (
          PARTITION BY `t4`.`sender`, `t4`.`minute`
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) > 120
      )
      OR (
        SUM(IF(`t4`.`accepted` AND (
          `t4`.`kind` = 'click'
        ), `t4`.`weight`, 0)) OVER (
          PARTITION BY `t4`.`sender`, `t4`.`minute`
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) > 12
      ) AS `over`
    FROM (
      SELECT
        `t3`.`id`,
        `t3`.`kind`,
        `t3`.`at`,
        `t3`.`placement_id`,
        `t3`.`flight_id`,
        `t3`.`line_id`,
        `t3`.`order_id`,
        `t3`.`creative_id`,
        `t3`.`version_id`,
        `t3`.`plan_version`,
        `t3`.`geo`,
        `t3`.`device`,
        `t3`.`ip`,
        `t3`.`bot`,
        `t3`.`datacentre`,
        `t3`.`prefetch`,
        `t3`.`zero_size`,
        `t3`.`test`,
        `t3`.`weight`,
        `t3`.`reason`,
        `t3`.`audiences`,
        `t3`.`sender`,
        `t3`.`agent`,
        `t3`.`age_ms`,
        `t3`.`hour`,
        `t3`.`seller_day`,
        `t3`.`person`,
        `t3`.`segment`,
        `t3`.`position`,
        `t3`.`expired`,
        `t3`.`copy`,
        `t3`.`at` - (
          MOD(`t3`.`at`, 60000)
        ) AS `minute`,
        (
          `t3`.`reason` = ''
        )
        AND (
          `t3`.`kind` <> 'served'
        )
        AND (
          `t3`.`sender` <> 0
        ) AS `accepted`
      FROM (
        SELECT
          `t2`.`id`,
          `t2`.`kind`,
          `t2`.`at`,
          `t2`.`placement_id`,
          `t2`.`flight_id`,
          `t2`.`line_id`,
          `t2`.`order_id`,
          `t2`.`creative_id`,
          `t2`.`version_id`,
          `t2`.`plan_version`,
          `t2`.`geo`,
          `t2`.`device`,
          `t2`.`ip`,
          `t2`.`bot`,
          `t2`.`datacentre`,
          `t2`.`prefetch`,
          `t2`.`zero_size`,
          `t2`.`test`,
          `t2`.`weight`,
          CASE
            WHEN `t2`.`copy` > 0
            THEN 'duplicate'
            WHEN `t2`.`expired`
            THEN 'expired_signature'
            WHEN `t2`.`test`
            THEN 'self_test'
            WHEN `t2`.`prefetch`
            THEN 'prefetch'
            WHEN `t2`.`zero_size`
            THEN 'zero_size'
            WHEN (
              `t2`.`bot` <> ''
            )
            OR (
              INSTR(LOWER(`t2`.`agent`), 'gptbot') > 0
            )
            OR (
              INSTR(LOWER(`t2`.`agent`), 'selenium') > 0
            )
            THEN 'known_bot'
            WHEN `t2`.`datacentre`
            THEN 'data_centre'
            WHEN (
              `t2`.`kind` = 'click'
            )
            AND (
              `t2`.`age_ms` >= 0
            )
            AND (
              `t2`.`age_ms` < 1000
            )
            THEN 'fast_click'
            ELSE ''
          END AS `reason`,
          `t2`.`audiences`,
          `t2`.`sender`,
          `t2`.`agent`,
          `t2`.`age_ms`,
          `t2`.`hour`,
          `t2`.`seller_day`,
          `t2`.`person`,
          `t2`.`segment`,
          `t2`.`position`,
          `t2`.`expired`,
          `t2`.`copy`
        FROM (
          SELECT
            `t1`.`id`,
            IF(`t1`.`kind` = 'refused', 'impression', `t1`.`kind`) AS `kind`,
            `t1`.`at`,
            `t1`.`placement_id`,
            `t1`.`flight_id`,
            `t1`.`line_id`,
            `t1`.`order_id`,
            `t1`.`creative_id`,
            `t1`.`version_id`,
            `t1`.`plan_version`,
            `t1`.`geo`,
            `t1`.`device`,
            `t1`.`ip`,
            `t1`.`bot`,
            `t1`.`datacentre`,
            `t1`.`prefetch`,
            `t1`.`zero_size`,
            `t1`.`test`,
            `t1`.`weight`,
            `t1`.`reason`,
            `t1`.`audiences`,
            `t1`.`sender`,
            `t1`.`agent`,
            `t1`.`age_ms`,
            `t1`.`hour`,
            `t1`.`seller_day`,
            `t1`.`person`,
            `t1`.`segment`,
            `t1`.`position`,
            `t1`.`kind` = 'refused' AS `expired`,
            ROW_NUMBER() OVER (
              PARTITION BY `t1`.`id`
              ORDER BY `t1`.`at` ASC, `t1`.`segment` ASC, `t1`.`position` ASC
            ) - 1 AS `copy`
          FROM (
            SELECT
              *
            FROM `events` AS `t0`
            WHERE
              `t0`.`flight_id` <> 0
              AND (
                `t0`.`kind` IN (
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
                    `t0`.`kind` = 'refused'
                  )
                  AND (
                    `t0`.`reason` = 'expired'
                  )
                  AND ENDS_WITH(`t0`.`id`, '.impression.refused')
                )
              )
          ) AS `t1`
        ) AS `t2`
      ) AS `t3`
    ) AS `t4`
  ) AS `t5`
  WHERE
    `t5`.`seller_day` = DATE(2026, 11, 28)
    AND `t5`.`kind` = 'impression'
    AND IF(`t5`.`accepted` AND `t5`.`over`, 'impossible_rate', `t5`.`reason`) = ''
) AS `t6`
GROUP BY
  1,
  2
