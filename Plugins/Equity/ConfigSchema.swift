/// The JSON Schema of an equity component's config.
enum ConfigSchema {
  static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Terms of an equity component",
      "type": "object",
      "additionalProperties": false,
      "$defs": {
        "settlement": {
          "type": "object", "additionalProperties": false, "description": "How vested, or in `exercises` exercised, units are settled. 75 units at 40.00 with a tax of 30%, rounded up: 23 taken, 52 delivered. 1,000 SARs from 10.00 to 25.00, `net`: 400 taken, 600 delivered.",
          "properties": {
            "how": {"enum": ["pay", "sell-to-cover", "net", "cash"], "description": "The holder pays what is due; units are sold, or kept back, for the tax and at exercise for the price; or all is paid in cash."},
            "tax": {"description": "The rate of tax, or `{column: payee.NAME}`, or `{over: year, brackets: [{above: 0, rate: 3%}, …]}`: by brackets of all that was settled in the calendar year, or of each `payment`."},
            "fraction": {"enum": ["up", "down"], "description": "How the units taken are rounded."},
            "value": {"enum": ["market", "mean-with-grant"], "description": "For restricted stock: whether tax is on the market price of the day, or on its mean with that of the grant, less what was paid."}
          }
        },
        "trigger": {
          "type": "object", "additionalProperties": false,
          "properties": {
            "type": {"enum": ["VESTING_START_DATE", "VESTING_SCHEDULE_RELATIVE", "VESTING_SCHEDULE_ABSOLUTE", "VESTING_EVENT", "EARLIER_OF", "LATER_OF"], "description": "What makes it occur."},
            "date": {"type": "string", "description": "The day of an absolute trigger."},
            "event": {"type": "string", "description": "The event; the condition's id unless stated."},
            "relative_to_condition_id": {"type": "string", "description": "The condition that the period counts from."},
            "period": {
              "type": "object", "additionalProperties": false,
              "properties": {
                "length": {"type": "integer", "description": "How many days or months."},
                "type": {"enum": ["DAYS", "MONTHS"], "description": "What the length is counted in."},
                "occurrences": {"type": "integer", "description": "How often it occurs."},
                "repetitions": {"type": "integer", "description": "The same, in earlier versions of the format."},
                "day_of_month": {"type": ["string", "integer"], "description": "The day of the month on which it occurs."},
                "cliff_installment": {"type": "integer", "description": "Installments before this one vest with it."}
              }
            },
            "triggers": {"type": "array", "items": {"$ref": "#/$defs/trigger"}, "description": "The triggers of which the first or the last counts."}
          }
        }
      },
      "properties": {
        "instrument": {"enum": ["rsu", "option", "restricted-stock", "phantom", "sar", "profit-units"], "description": "What is granted."},
        "unit": {"type": "string", "description": "What units are called on statements; by the instrument unless stated: `options`."},
        "unit_places": {"type": "integer", "minimum": 0, "maximum": 6, "description": "Digits of a unit after the point, 0 unless stated. With 2, 18 units in 4 tranches by FRACTIONAL are 4.50 each."},
        "grants": {
          "type": "object", "additionalProperties": false,
          "description": "The table of grants, and the names of its columns.",
          "properties": {
            "table": {"type": "string", "description": "The table's name."},
            "person": {"type": "string", "description": "The column with the payee's id."},
            "id": {"type": "string", "description": "The column that tells grants apart."},
            "date": {"type": "string", "description": "The column with the day of the grant."},
            "units": {"type": "string", "description": "The column with the number of units."},
            "start": {"type": "string", "description": "The column with the day on which vesting starts; the day of the grant where it is empty or not stated."},
            "terms": {"type": "string", "description": "The column with the name of the vesting terms, where there are several."},
            "price": {"type": "string", "description": "The column with what is paid for a unit: the price of a share, an exercise price, the base of an SAR."},
            "fair_value": {"type": "string", "description": "The column with the fair value of a unit on the day of the grant."},
            "market_value": {"type": "string", "description": "The column with the market value of a share on the day of the grant."},
            "expires": {"type": "string", "description": "The column with the last day on which a grant can be exercised."},
            "kind": {"type": "string", "description": "The column with the kind of an option, `ISO` or `NSO`; where it is not stated, all are incentive stock options up to `iso_limit`."},
            "announced": {"type": "string", "description": "The column with the day on which the plan was announced, before which `price_floor` takes its averages."},
            "accepted": {"type": "string", "description": "The column with the day on which the holder accepted the grant; empty while they have not."}
          }
        },
        "vesting": {
          "type": "object", "description": "Vesting terms by name.",
          "additionalProperties": {
            "type": "object", "additionalProperties": false,
            "properties": {
              "allocation_type": {"enum": ["CUMULATIVE_ROUNDING", "CUMULATIVE_ROUND_DOWN", "FRONT_LOADED", "BACK_LOADED", "FRONT_LOADED_TO_SINGLE_TRANCHE", "BACK_LOADED_TO_SINGLE_TRANCHE", "FRACTIONAL"], "description": "How whole units are made of parts. 18 units in 4 tranches: 5-4-5-4, 4-5-4-5, 5-5-4-4, 4-4-5-5, 6-4-4-4, 4-4-4-6, and 4.5 each."},
              "segments": {
                "type": "array", "minItems": 1,
                "description": "Stretches of time that follow one another. `{months: 12, portion: 1/4}` and `{months: 1, times: 36, portion: 1/48}`: four years with a cliff of one.",
                "items": {
                  "type": "object", "additionalProperties": false, "required": ["portion"],
                  "properties": {
                    "id": {"type": "string", "description": "What it is called on statements."},
                    "months": {"type": "integer", "description": "Calendar months until it vests."},
                    "days": {"type": "integer", "description": "Days until it vests."},
                    "times": {"type": "integer", "description": "How often it recurs, 1 unless stated."},
                    "portion": {"type": ["number", "string"], "description": "The part of the grant that vests each time: 25% or 1/48."}
                  }
                }
              },
              "day_of_month": {"type": ["string", "integer"], "description": "The day on which segments in months vest; the day of the start, or the last of a shorter month, unless stated."},
              "event": {"type": "string", "description": "A second trigger: segments vest on their day or that of the event, whichever is later."},
              "expires": {"type": ["object", "string"], "description": "`{months: 84}` after the start, or a day: what has not vested by then does not."},
              "vesting_conditions": {"type": "array", "minItems": 1, "description": "Conditions in the words of the Open Cap Table Format.", "items": {
                "type": "object", "additionalProperties": false,
                "properties": {
                  "id": {"type": "string", "description": "What other conditions call it, and the event that makes it occur."},
                  "description": {"type": "string", "description": "For people."},
                  "portion": {"description": "The part of the grant: `{numerator: 1, denominator: 48}`, with `remainder: true` of what is not vested; or 25%, or 1/48."},
                  "quantity": {"type": ["string", "number"], "description": "So many units."},
                  "trigger": {"$ref": "#/$defs/trigger"},
                  "expires": {"$ref": "#/$defs/trigger"},
                  "next_condition_ids": {"type": "array", "items": {"type": "string"}, "description": "The conditions that can follow, highest priority first."}
                }
              }}
            }
          }
        },
        "before_grant": {"enum": ["on-grant-date", "as-scheduled"], "description": "When installments vest whose day comes before that of the grant: with vesting from 1 January and a grant of 15 March, the months of February and March vest on 15 March, or on their own days."},
        "events": {
          "type": "object", "additionalProperties": false, "description": "The table of events that have happened.",
          "properties": {
            "table": {"type": "string", "description": "The table's name."},
            "person": {"type": "string", "description": "The column with a payee's id, where every event is somebody's own."},
            "event": {"type": "string", "description": "The column with the event's name: the id of a condition, or the `event` that terms name."},
            "date": {"type": "string", "description": "The column with its day."},
            "grant": {"type": "string", "description": "The column with the id of a grant; empty where it concerns all."}
          }
        },
        "prices": {
          "type": "object", "additionalProperties": false, "description": "The table of market prices; each holds until the next one.",
          "properties": {
            "table": {"type": "string", "description": "The table's name."},
            "date": {"type": "string", "description": "The column with the day."},
            "price": {"type": "string", "description": "The column with the price of a share."},
            "fair_value": {"type": "string", "description": "The column with the fair value of a unit, for cash-settled expense."}
          }
        },
        "performance": {
          "type": "object", "additionalProperties": false, "description": "Factors by which a tranche vests: company 90% × person 80% of 40,000 is 28,800.",
          "properties": {
            "factors": {
              "type": "array", "minItems": 1,
              "items": {
                "type": "object", "additionalProperties": false,
                "properties": {
                  "table": {"type": "string", "description": "The table of results."},
                  "person": {"type": "string", "description": "The column with the payee's id, where results are personal."},
                  "result": {"type": "string", "description": "The column with the result."},
                  "tranche": {"type": "string", "description": "The column with the number of the tranche in its grant, from 1."},
                  "grant": {"type": "string", "description": "The column with the grant's id."},
                  "terms": {"type": "string", "description": "The column with the name of the vesting terms."},
                  "missing": {"enum": ["full", "nothing", "fault"], "description": "What holds for a tranche without a result."},
                  "grades": {"type": "object", "description": "The factor of each grade: `{A: 100%, B: 80%, C: 0}`.", "additionalProperties": {"type": "number"}},
                  "points": {
                    "type": "array", "minItems": 1, "description": "Results and the factors that they give, ascending; the last one caps it. 80% → 50% and 100% → 100%: 90% gives 75% by `linear`.",
                    "items": {"type": "object", "additionalProperties": false, "required": ["at", "pays"], "properties": {"at": {"type": "number", "description": "The result."}, "pays": {"type": "number", "description": "Its factor."}}}
                  },
                  "between": {"enum": ["linear", "step"], "description": "Whether a result between two points is interpolated, or counts as the lower one."},
                  "below": {"type": "number", "description": "The factor of a result below the first point."}
                }
              }
            },
            "cap": {"type": "number", "description": "The most that the factors together come to: 200%."},
            "fraction": {"enum": ["down", "up", "half-up"], "description": "How a fraction of a unit that the factors leave is rounded."},
            "missed": {"enum": ["forfeit", "repurchase", "carry-forward"], "description": "What becomes of units that the factors do not let vest."},
            "price": {"description": "What a repurchased unit is paid: `cost`, `market`, `lower` of the two, or `{cost-plus-interest: 3%}`."}
          }
        },
        "acceleration": {
          "type": "array", "description": "What makes units vest before their time.",
          "items": {
            "type": "object", "additionalProperties": false,
            "properties": {
              "event": {"type": "string", "description": "The event."},
              "table": {"type": "string", "description": "Instead of an event: a table of units that have vested early, as they were recorded."},
              "person": {"type": "string", "description": "The table's column with the payee's id."},
              "grant": {"type": "string", "description": "The table's column with the grant's id."},
              "date": {"type": "string", "description": "The table's column with the day."},
              "units": {"type": "string", "description": "The table's column with the number of units."},
              "and": {
                "type": "object", "additionalProperties": false, "description": "A second trigger: leaving for one of `reasons`, `within` so long after the event (or `before` it).",
                "properties": {"reasons": {"type": "array", "items": {"type": "string"}}, "within": {"type": "object"}, "before": {"type": "object"}}
              },
              "share": {"type": "number", "unit": "share", "description": "The share of unvested units that vests."},
              "from": {"enum": ["each", "next", "last"], "description": "Which units those are: a part of each tranche, the next ones, the last ones."}
            }
          }
        },
        "leavers": {
          "type": "object", "additionalProperties": false, "description": "What becomes of units when their holder leaves.",
          "properties": {
            "table": {"type": "string", "description": "The table of those who left."},
            "person": {"type": "string", "description": "The column with the payee's id."},
            "date": {"type": "string", "description": "The column with the last day; what vests on it still does."},
            "reason": {"type": "string", "description": "The column with the reason."},
            "reasons": {
              "type": "object", "description": "The rules by reason.",
              "additionalProperties": {
                "type": "object", "additionalProperties": false,
                "properties": {
                  "unvested": {"enum": ["forfeit", "keep", "vest", "repurchase", "pro-rata", "service-credit"], "description": "What becomes of unvested units."},
                  "vested": {"enum": ["keep", "forfeit", "repurchase"], "description": "What becomes of vested units."},
                  "exercise": {"type": "object", "description": "How long vested options can still be exercised: `{months: 3}`."},
                  "price": {"description": "What a repurchased unit is paid: `cost`, `market`, `lower` of the two, or `{cost-plus-interest: 3%}`."},
                  "of": {"enum": ["grant", "tranche"], "description": "Whether the whole grant or the next tranche is divided by time."},
                  "by": {"enum": ["days", "months"], "description": "Whether time is counted in days or whole months. 3,600 units after 36 months, 14 served: 1,400."},
                  "credit": {"type": "object", "description": "The service that is credited: what would have vested in that time does."}
                }
              }
            }
          }
        },
        "leaves": {
          "type": "object", "additionalProperties": false, "description": "Time away that does not count: later tranches move by it.",
          "properties": {
            "table": {"type": "string", "description": "The table of leaves."},
            "person": {"type": "string", "description": "The column with the payee's id."},
            "from": {"type": "string", "description": "The column with the first day."},
            "to": {"type": "string", "description": "The column with the last day."},
            "longer_than": {"type": "integer", "description": "Leaves of up to so many days change nothing."},
            "by": {"enum": ["days", "months"], "description": "Whether later tranches move by days or by whole calendar months. A leave of three months moves 1 January to 1 April by months."},
            "counted": {"enum": ["all", "excess"], "description": "Whether all days of a longer leave count, or those beyond. 60 days, longer than 30: 60 or 30."}
          }
        },
        "exercises": {
          "type": "object", "additionalProperties": false, "description": "The table of exercises.",
          "properties": {
            "table": {"type": "string", "description": "The table's name."},
            "person": {"type": "string", "description": "The column with the payee's id."},
            "grant": {"type": "string", "description": "The column with the grant's id."},
            "date": {"type": "string", "description": "The column with the day."},
            "units": {"type": "string", "description": "The column with the number of units."},
            "settlement": {"$ref": "#/$defs/settlement"}
          }
        },
        "cancellations": {
          "type": "object", "additionalProperties": false, "description": "The table of units taken back. Of 400 in quarters, the first of them vested, 250 are cancelled: by `unvested` 250 open ones, by `vested` 100 vested and 150 open ones.",
          "properties": {
            "table": {"type": "string", "description": "The table's name."},
            "person": {"type": "string", "description": "The column with the payee's id."},
            "grant": {"type": "string", "description": "The column with the grant's id."},
            "date": {"type": "string", "description": "The column with the day."},
            "units": {"type": "string", "description": "The column with the number of units; empty for all that are left, as when a grant is retracted."},
            "price": {"type": "string", "description": "The column with what is paid for each; empty for nothing."},
            "from": {"enum": ["unvested", "vested"], "description": "Which units are cancelled first. Of the open ones the last to vest go first."},
            "cost": {"enum": ["reverse", "accelerate"], "description": "With `expense`: whether the cost of cancelled units is given back, as when they are forfeited, or borne at once, as IFRS 2 and ASC 718 want it of what the company cancels."}
          }
        },
        "acceptance": {"type": "object", "description": "The time after the grant within which it must be accepted, or nothing of it vests: `{days: 30}`."},
        "settlement": {"$ref": "#/$defs/settlement"},
        "dividends": {
          "type": "object", "additionalProperties": false, "description": "Dividends on units that have not vested.",
          "properties": {
            "table": {"type": "string", "description": "The table of dividends."},
            "date": {"type": "string", "description": "The column with the record date."},
            "amount": {"type": "string", "description": "The column with the dividend a unit."},
            "pay": {"enum": ["now", "at-vesting", "reinvest"], "description": "When they are paid: at once, when the tranche vests, or then in further units."}
          }
        },
        "iso_window": {"type": "object", "description": "How long after leaving an option can be exercised as an incentive stock option: `{months: 3}`; later all of it is taxed."},
        "iso_limit": {"type": "number", "unit": "money", "description": "The market value at grant of options first exercisable in a year up to which they are incentive stock options: 100,000."},
        "profit": {
          "type": "object", "additionalProperties": false, "description": "A share of profit for the holders of units.",
          "properties": {
            "table": {"type": "string", "description": "The table of profits."},
            "date": {"type": "string", "description": "The column with the record date."},
            "profit": {"type": "string", "description": "The column with the profit."},
            "paid": {"type": "string", "description": "The column with the day on which it is paid; the record date unless stated."},
            "rate": {"type": "number", "unit": "share", "description": "The share of the profit that is divided; a loss divides nothing."},
            "units": {"enum": ["vested", "granted"], "description": "The units that take part on the record date."},
            "coefficient": {"type": "object", "additionalProperties": false, "properties": {"column": {"type": "string"}}, "description": "A factor on a payee's units: `{column: payee.NAME}`."},
            "total": {"type": ["string", "number"], "description": "`holders`, or the number of units that divides the pool."}
          }
        },
        "expense": {
          "type": "object", "additionalProperties": false, "description": "How the cost of grants is spread over service.",
          "properties": {
            "method": {"enum": ["straight-line", "graded", "ifrs-2", "cas-11", "cash-settled"], "description": "Evenly, at least what has vested; tranche by tranche (`graded`, `ifrs-2`, `cas-11`); or measured anew in each period."},
            "by": {"enum": ["days", "months"], "description": "Whether service is counted in days or whole months."},
            "service_from": {"enum": ["grant", "start"], "description": "Whether service counts from the day of the grant or the start of vesting."},
            "forfeitures": {"type": ["string", "object"], "description": "`as-they-occur`, or `{estimate: 5%, per: year}`, or `{table, date, rate}` with the share of all units that is expected not to vest, estimated anew from time to time."}
          }
        },
        "price_floor": {
          "type": "object", "additionalProperties": false, "description": "The least that a unit may be granted at: a share of the higher of the averages of the last trading day before the plan was announced, and of the last `days`. 24.68 and 24.00 at 50%: 12.34.",
          "properties": {
            "table": {"type": "string", "description": "The table of trading days."},
            "date": {"type": "string", "description": "The column with the day."},
            "turnover": {"type": "string", "description": "The column with the amount traded."},
            "volume": {"type": "string", "description": "The column with the number of shares traded; a day without any is no trading day."},
            "days": {"type": ["integer", "array"], "description": "20, 60 or 120 trading days; of several the highest average counts."},
            "share": {"type": "number", "unit": "share", "description": "The share of the average: 50% for restricted stock, 100% for options."},
            "averages": {"enum": ["exact", "half-up"], "description": "Whether averages are exact, or rounded half up to the minor unit."},
            "par": {"type": "number", "unit": "money", "description": "The par value, the least in any case."},
            "basis": {"type": "string", "description": "Why a plan for a listed company sets its price by another method, with a lower share."}
          }
        },
        "rules": {"enum": ["a-share"], "description": "Rules that the terms are held against: those for companies listed in mainland China."}
      }
    }
    """#
}
