/// The JSON Schema of a bonus component's config.
enum ConfigSchema {
  static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Terms of a bonus component",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "steps": {
          "type": "array", "minItems": 1,
          "description": "Attainments and what reaching them pays, ascending; the highest one reached counts. Steps of 2,000 at 80% and 5,000 at 100%: 95% pays 2,000, 100% pays 5,000.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["at_least", "amount"],
            "properties": {
              "at_least": {"type": "number", "unit": "share", "description": "The attainment of the measure's quota that reaches the step."},
              "amount": {"type": "number", "unit": "money", "description": "What it pays, once a window."}
            }
          }
        },
        "paid": {"enum": ["window-end", "when-reached"], "description": "Whether the attainment is looked at in the last period of the measure's window, or in each period, with what is due then less what was paid before."},
        "fallen": {"enum": ["keep", "take-back"], "description": "With `when-reached` only: what becomes of a bonus when a return brings the attainment below its step in the same window."},
        "scorecard": {
          "type": "object", "additionalProperties": false, "required": ["target", "objectives"],
          "description": "Instead of steps: a target bonus a period, earned by weighted objectives. 10,000 with 60% on revenue at 125% and 40% on training at 90% pays 7,500 + 3,600.",
          "properties": {
            "target": {"type": ["number", "string"], "description": "The bonus of a period when all objectives are met: an amount, or a number of the payee, `payee.target`."},
            "objectives": {
              "type": "array", "minItems": 1, "description": "The objectives; their weights add up to 100%. Each is rounded to the last digit, half-even.",
              "items": {"type": "object", "additionalProperties": false, "required": ["name", "weight"], "properties": {
                "name": {"type": "string", "description": "What it is called, in scores and explanations."},
                "weight": {"type": "number", "unit": "share", "description": "Its part of the target."},
                "attainment": {"type": "string", "description": "A measure with a quota, of which the attainment counts; without a quota nothing is attained."},
                "scored": {"const": true, "description": "A manager's score counts, from the table `scores`."},
                "curve": {"type": "array", "description": "What is paid for what was attained; nothing below the first point, no more above the last. Without a curve 90% pays 90%.", "items": {"type": "object", "additionalProperties": false, "required": ["at", "pays"], "properties": {
                  "at": {"type": "number", "unit": "share", "description": "The attainment or score."},
                  "pays": {"type": "number", "unit": "share", "description": "The share of the objective's part that it pays."}
                }}},
                "between": {"enum": ["linear", "step"], "description": "Between 50% at 80% and 100% at 100%, an attainment of 90% pays 75% (`linear`) or 50% (`step`)."}
              }}
            },
            "scores": {
              "type": "object", "additionalProperties": false, "required": ["table", "person", "objective", "score", "date"],
              "description": "The table of the managers' scores; of several in a period the latest counts.",
              "properties": {
                "table": {"type": "string", "description": "The table."}, "person": {"type": "string", "description": "Its column with the payee's id."},
                "objective": {"type": "string", "description": "Its column with the objective's name."}, "score": {"type": "string", "description": "Its column with the score, a share: 0.9 or 90%."},
                "date": {"type": "string", "description": "Its column with the day of the score, inside the period that it is for."},
                "unscored": {"enum": ["zero", "full"], "description": "What an objective without a score in the period pays."}
              }
            },
            "gate": {
              "type": "object", "additionalProperties": false, "required": ["attainment", "at_least"], "description": "Nothing is earned by any objective unless this was attained.",
              "properties": {"attainment": {"type": "string", "description": "A measure with a quota."}, "at_least": {"type": "number", "unit": "share", "description": "What must be attained."}}
            },
            "guarantee": {"type": "number", "minimum": 0, "unit": "money", "description": "The least that is paid in a period, prorated as the target is. 3,000 earned with a guarantee of 4,000 pays 4,000."}
          }
        },
        "pool": {
          "type": "object", "additionalProperties": false, "required": ["size"],
          "description": "Instead of steps: a pool that is shared out in each period to the last cent. 1,000.00 by base pay of 3,000, 2,000 and 1,000 is 500.00, 333.33 and 166.67.",
          "properties": {
            "size": {
              "type": "object", "additionalProperties": false, "description": "How much there is in each period.",
              "properties": {
                "amount": {"type": "number", "minimum": 0, "unit": "money", "description": "A budget."},
                "share": {"type": "number", "minimum": 0, "unit": "share", "description": "Or a share of a measure: 2% of 50,000 that all sold together is 1,000."},
                "of": {"type": "string", "description": "The measure, summed over all payees of the component in the period."}
              }
            },
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
          "type": "object", "additionalProperties": false, "description": "Scorecards and pools: only the days count on which the payee was active.",
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
