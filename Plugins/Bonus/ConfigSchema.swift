/// The JSON Schema of a bonus component's config.
enum ConfigSchema {
  static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Terms of a bonus component",
      "type": "object",
      "additionalProperties": false,
      "$defs": {
        "target": {
          "description": "What is paid when everything is reached: an amount, a number of the payee like `payee.target`, or a share of one. {share: 15%, of: payee.salary} of a salary of 80,000 is 12,000.",
          "anyOf": [
            {"type": ["number", "string"]},
            {"type": "object", "additionalProperties": false, "required": ["share", "of"], "properties": {
              "share": {"type": "number", "minimum": 0, "unit": "share", "description": "The share."},
              "of": {"type": "string", "description": "The number of the payee: `payee.salary`."}
            }}
          ]
        },
        "months": {
          "type": "object", "additionalProperties": false, "required": ["since", "shares"],
          "properties": {
            "since": {"type": "string", "description": "The column of the payee with the first day: `payee.hired`."},
            "shares": {"type": "array", "minItems": 1, "description": "The share of the period that holds the day, of those that begin one, two … months after its month.", "items": {"type": "number", "minimum": 0, "unit": "share"}}
          }
        },
        "guarantee": {
          "description": "The least that is paid to who was active, for the active days alone: an amount, or shares of the target in the first months. 3,000 earned with a guarantee of 4,000 pays 4,000; shares of 100% and 50% of a target of 3,000 guarantee 3,000 in the first month and 1,500 in the second.",
          "anyOf": [{"type": "number", "minimum": 0, "unit": "money"}, {"$ref": "#/$defs/months"}]
        },
        "curve": {
          "type": "array", "description": "What is paid for what was reached; nothing below the first point, no more above the last.",
          "items": {"type": "object", "additionalProperties": false, "required": ["pays"], "properties": {
            "at": {"type": "number", "unit": "share", "description": "The attainment or score."},
            "value": {"type": "number", "description": "Or, of a measure or a number of the payee, the figure itself."},
            "pays": {"type": "number", "minimum": 0, "unit": "share", "description": "The share that it pays."}
          }}
        },
        "between": {"enum": ["linear", "step"], "description": "Between 50% at 80% and 100% at 100%, an attainment of 90% pays 75% (`linear`) or 50% (`step`)."},
        "attainment": {"type": "string", "description": "A measure with a quota, of which the attainment counts; without a quota nothing is attained."},
        "measure": {"type": "string", "description": "A measure, of which the figure itself counts, as far as it has come in its window."},
        "column": {"type": "string", "description": "A number of the payee: `payee.NAME`."}
      },
      "properties": {
        "steps": {
          "type": "array", "minItems": 1,
          "description": "What was reached and what it pays, ascending; the highest one reached counts. Steps of 2,000 at 80% and 5,000 at 100%: 95% pays 2,000, 100% pays 5,000. With `between: linear` 95% pays 4,250.",
          "items": {
            "type": "object", "additionalProperties": false,
            "properties": {
              "at_least": {"type": "number", "unit": "share", "description": "The attainment of the measure's quota that reaches the step."},
              "value": {"type": "number", "description": "Or the figure of the measure that reaches it, without any quota: 10 customers."},
              "amount": {"type": "number", "minimum": 0, "unit": "money", "description": "What it pays, once a window."},
              "pays": {"type": "number", "minimum": 0, "unit": "share", "description": "With a `target`, the share of it that is paid: threshold, target and excellence are 50% at 80%, 100% at 100% and 200% at 150%."}
            }
          }
        },
        "target": {"$ref": "#/$defs/target", "description": "Of which steps pay shares: an amount, a number of the payee like `payee.target`, or {share: 15%, of: payee.salary}. 50% of a target of 10,000 is 5,000."},
        "between": {"$ref": "#/$defs/between", "description": "What is paid between two steps: what the lower one says (`step`), or on the line between them (`linear`). Steps of amounts are steps unless stated; with a `target` it must be stated."},
        "above": {"enum": ["hold", "extend"], "description": "With `linear`: above the last step no more is paid (`hold`), or the last line goes on (`extend`). With 100% at 100% and 200% at 150%, 175% pays 200% or 250%."},
        "paid": {"enum": ["window-end", "when-reached"], "description": "Whether the attainment is looked at in the last period of the measure's window, or in each period, with what is due then less what was paid before. Scorecards and rankings are paid each period unless they are paid at a `window-end`: a year's bonus in its last month."},
        "fallen": {"enum": ["keep", "take-back"], "description": "With `when-reached` only: what becomes of a bonus when a return brings the attainment below its step in the same window."},
        "guarantee": {"$ref": "#/$defs/guarantee", "description": "Of steps: the least that a window pays to who was active, for the active days alone. With 5,000, a window that earned 3,000 pays 5,000. In the first months also {since: payee.hired, shares: [100%, 50%]} of the target."},
        "multipliers": {
          "type": "array", "description": "Factors on what was earned, all of them multiplied, before it is rounded once: a rating, a table by grade, the result of the company. 10,000 × 1.2 × 90% is 10,800.",
          "items": {"anyOf": [
            {"type": "object", "additionalProperties": false, "required": ["column"], "properties": {
              "column": {"$ref": "#/$defs/column"},
              "if_none": {"type": "number", "minimum": 0, "description": "The factor of who has no such number."}
            }},
            {"type": "object", "additionalProperties": false, "required": ["by", "table"], "properties": {
              "by": {"type": "string", "description": "A value of the payee: `payee.grade`."},
              "table": {"type": "object", "description": "Values and their factors: {A: 1.2, B: 1}.", "additionalProperties": {"type": "number", "minimum": 0}},
              "otherwise": {"type": "number", "minimum": 0, "description": "The factor of all others."}
            }},
            {"type": "object", "additionalProperties": false, "properties": {
              "attainment": {"$ref": "#/$defs/attainment"},
              "measure": {"$ref": "#/$defs/measure"},
              "curve": {"$ref": "#/$defs/curve"},
              "between": {"$ref": "#/$defs/between"}
            }}
          ]}
        },
        "ramp": {"$ref": "#/$defs/months", "description": "The share of what was earned that is paid in somebody's first months: {since: payee.hired, shares: [50%, 75%]} pays half in the period of that day, three quarters in the one after, then all."},
        "round": {"enum": ["half-even", "half-up", "half-down", "down", "up", "floor", "ceiling"], "description": "How each amount is rounded to the currency's digits; half-even unless stated."},
        "scorecard": {
          "type": "object", "additionalProperties": false, "required": ["target", "objectives"],
          "description": "Instead of steps: a target bonus, earned by weighted objectives. 10,000 with 60% on revenue at 125% and 40% on training at 90% pays 7,500 + 3,600.",
          "properties": {
            "target": {"$ref": "#/$defs/target", "description": "The bonus when all objectives are met: an amount, a number of the payee, `payee.target`, or {share: 15%, of: payee.salary}."},
            "objectives": {
              "type": "array", "minItems": 1, "description": "The objectives; their weights add up to 100%. Each is rounded to the last digit.",
              "items": {"type": "object", "additionalProperties": false, "required": ["name", "weight"], "properties": {
                "name": {"type": "string", "description": "What it is called, in scores and explanations."},
                "weight": {"type": "number", "unit": "share", "description": "Its part of the target."},
                "attainment": {"$ref": "#/$defs/attainment"},
                "measure": {"$ref": "#/$defs/measure"},
                "column": {"$ref": "#/$defs/column"},
                "scored": {"const": true, "description": "A manager's score counts, from the table `scores`."},
                "curve": {"$ref": "#/$defs/curve", "description": "What is paid for what was reached; nothing below the first point, no more above the last. Without a curve an attainment of 90% pays 90%."},
                "between": {"$ref": "#/$defs/between"},
                "linked": {
                  "type": "object", "additionalProperties": false, "required": ["objective", "at_least"],
                  "description": "Another objective on which this one depends. {objective: revenue, at_least: 100%, otherwise: 100%}: while revenue is below its quota, this one pays no more than its part.",
                  "properties": {
                    "objective": {"type": "string", "description": "The other one's name."},
                    "at_least": {"type": "number", "unit": "share", "description": "How far it must have come."},
                    "otherwise": {"type": "number", "minimum": 0, "unit": "share", "description": "The most that this one pays where it has not: 0 for nothing."}
                  }
                }
              }}
            },
            "scores": {
              "type": "object", "additionalProperties": false, "required": ["table", "person", "objective", "score", "date"],
              "description": "The table of the managers' scores; of several in a period, or window, the latest counts.",
              "properties": {
                "table": {"type": "string", "description": "The table."}, "person": {"type": "string", "description": "Its column with the payee's id."},
                "objective": {"type": "string", "description": "Its column with the objective's name."}, "score": {"type": "string", "description": "Its column with the score, a share: 0.9 or 90%."},
                "date": {"type": "string", "description": "Its column with the day of the score, inside the period that it is for."},
                "evidence": {"type": "string", "description": "Its column with what the score rests on, which explanations then show with the day."},
                "unscored": {"enum": ["zero", "full"], "description": "What an objective without a score in the period pays."}
              }
            },
            "gate": {
              "type": "object", "additionalProperties": false, "required": ["at_least"], "description": "Nothing is earned by any objective unless this was reached.",
              "properties": {"attainment": {"$ref": "#/$defs/attainment"}, "measure": {"$ref": "#/$defs/measure"}, "column": {"$ref": "#/$defs/column"}, "at_least": {"type": "number", "description": "What must be reached: 75% of the quota, or the figure itself."}}
            },
            "guarantee": {"$ref": "#/$defs/guarantee"}
          }
        },
        "milestones": {
          "type": "object", "additionalProperties": false, "required": ["each", "reached"],
          "description": "Instead of steps: events that pay once, in the period of the first day on which they were reached. 500 for the first deal on 10 March is paid in March.",
          "properties": {
            "each": {"type": "array", "minItems": 1, "description": "The milestones.", "items": {"type": "object", "additionalProperties": false, "required": ["name", "amount"], "properties": {
              "name": {"type": "string", "description": "What the table of events calls it."},
              "amount": {"type": "number", "minimum": 0, "unit": "money", "description": "What it pays, once for each payee."},
              "until": {"type": "string", "description": "The last day on which it counts."}
            }}},
            "reached": {
              "type": "object", "additionalProperties": false, "required": ["table", "person", "milestone", "date"], "description": "Where it stands who reached what.",
              "properties": {
                "table": {"type": "string", "description": "The table."}, "person": {"type": "string", "description": "Its column with the payee's id."},
                "milestone": {"type": "string", "description": "Its column with the milestone's name."}, "date": {"type": "string", "description": "Its column with the day."},
                "evidence": {"type": "string", "description": "Its column with what shows it, for explanations."}
              }
            }
          }
        },
        "ranking": {
          "type": "object", "additionalProperties": false, "required": ["by", "bands"],
          "description": "Instead of steps: by place among the others. Of 7 people with bands up to 20% and 70%, to the nearest person, the best gets the first band, the next four the second, the last two the third.",
          "properties": {
            "by": {"type": "object", "additionalProperties": false, "description": "What is compared, the highest first; who has no such figure, or no quota, takes no part.", "properties": {
              "attainment": {"$ref": "#/$defs/attainment"}, "measure": {"$ref": "#/$defs/measure"}, "column": {"$ref": "#/$defs/column"}
            }},
            "within": {"type": "string", "description": "Only people with the same value are compared: `payee.team`."},
            "target": {"$ref": "#/$defs/target", "description": "Of which bands pay shares; without it they pay amounts."},
            "bands": {"type": "array", "minItems": 1, "description": "From the best on; the last one is for all who are left.", "items": {"type": "object", "additionalProperties": false, "properties": {
              "top": {"type": "number", "unit": "share", "description": "The share of the field, counted from the best, that the band reaches to."},
              "pays": {"type": "number", "minimum": 0, "unit": "share", "description": "With a `target`, the share of it that is paid."},
              "amount": {"type": "number", "minimum": 0, "unit": "money", "description": "Without one, what is paid."}
            }}},
            "edge": {"enum": ["up", "down", "nearest"], "description": "20% of 7 people are 1.4: 2 by `up`, 1 by `down` and by `nearest`, which takes a half up."},
            "ties": {"enum": ["better", "worse"], "description": "The band of equal ones on both sides of an edge."}
          }
        },
        "pool": {
          "type": "object", "additionalProperties": false, "required": ["size"],
          "description": "Instead of steps: a pool that is shared out in each period to the last cent. 1,000.00 by base pay of 3,000, 2,000 and 1,000 is 500.00, 333.33 and 166.67.",
          "properties": {
            "size": {
              "type": "object", "additionalProperties": false, "description": "How much there is in each period, for all or, with `team`, for each team.",
              "properties": {
                "amount": {"type": "number", "minimum": 0, "unit": "money", "description": "A budget."},
                "attainment": {"$ref": "#/$defs/attainment", "description": "With an amount: the measure whose attainment, all figures over all quotas, funds it. 50,000 at 90% is 45,000."},
                "curve": {"$ref": "#/$defs/curve", "description": "What part of the amount an attainment funds; without it, just that."},
                "between": {"$ref": "#/$defs/between"},
                "share": {"type": "number", "minimum": 0, "unit": "share", "description": "Or a share of a measure: 2% of 50,000 that all sold together is 1,000."},
                "of": {"type": "string", "description": "The measure, summed over all payees of the pool in the period."}
              }
            },
            "team": {"type": "string", "description": "Each team has a pool of its own: `payee.team`. Who is in no team shares none."},
            "by": {"description": "In proportion to what: `equal`, a number of the payee, or what a measure came to in the period; less than zero counts as zero.", "anyOf": [
              {"const": "equal"},
              {"type": "object", "additionalProperties": false, "properties": {
                "column": {"type": "string", "description": "`payee.base_pay`."}, "measure": {"type": "string", "description": "A measure."}
              }}
            ]},
            "multiplier": {"type": "string", "description": "A factor of the payee on that, such as a rating: `payee.rating`. Equal shares with 1.2 and 0.8 of 1,000 are 600 and 400."}
          }
        },
        "prorate": {
          "type": "object", "additionalProperties": false, "description": "Only the days count on which the payee was active, over all days of the period, or of the window that is paid.",
          "properties": {
            "from": {"type": "string", "description": "The column of the payee with the first day: `payee.hired`."},
            "to": {"type": "string", "description": "The column with the last day, empty for who is still there."},
            "first_day": {"enum": ["counted", "not-counted"], "description": "Of June, who starts on the 16th has 15 of 30 days (`counted`) or 14."},
            "last_day": {"enum": ["counted", "not-counted"], "description": "Of June, who leaves on the 16th has 16 of 30 days (`counted`) or 15."}
          }
        }
      }
    }
    """#
}
