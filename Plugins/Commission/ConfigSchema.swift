/// The JSON Schema of a commission component's config.
enum ConfigSchema {
  static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Terms of a commission component",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "rate": {"$ref": "#/$defs/rate", "description": "Share of each line's amount: one number, a column, or a table by an attribute. 10% of 2,000.00 pays 200.00."},
        "per_unit": {
          "type": "object", "additionalProperties": false, "required": ["amount", "units"],
          "description": "An amount for each unit. 3 units at 25.00 pay 75.00.",
          "properties": {
            "amount": {"$ref": "#/$defs/price", "description": "What one unit pays."},
            "units": {"type": "string", "description": "The column with the number of units."}
          }
        },
        "tiers": {
          "type": "object", "additionalProperties": false, "required": ["bands"],
          "description": "Rates by band. Marginal bands to 100% at 10% and above at 15%, quota 100,000: 130,000 pays 10,000 + 4,500 = 14,500.",
          "properties": {
            "by": {"enum": ["attainment", "amount"], "description": "What the edges are counted in: shares of the quota, or amounts."},
            "method": {"enum": ["marginal", "whole-amount"], "description": "Whether a rate pays the part of the amount inside its band, or the whole amount once the band is reached. 130,000 of 100,000 at 15% whole-amount pays 19,500."},
            "over": {"enum": ["deal", "period", "to-date"], "description": "What is added up before it is set against the bands: each line alone, the period, or the measure's window so far."},
            "edge": {"enum": ["lower", "upper"], "description": "Whole-amount only: the band of a figure that is exactly on an edge."},
            "earlier": {"enum": ["keep", "true-up"], "description": "Whole-amount to date only: whether earlier periods keep what they paid, or are paid up to the new rate."},
            "counted": {"enum": ["measured", "paid"], "description": "By amount only, where the measure holds more than the component pays on: whether the rest takes up the bands too. Bands to 50,000 at 5% and above at 8%, 30,000 measured before the payee was paid: a deal of 40,000 pays 20,000 x 5% + 20,000 x 8% = 2,600 when `measured`, 40,000 x 5% = 2,000 when `paid`."},
            "bands": {
              "type": "array", "minItems": 1,
              "description": "The bands, ascending; the last one is open.",
              "items": {
                "type": "object", "additionalProperties": false, "required": ["rate"],
                "properties": {
                  "to": {"type": "number", "description": "The upper edge."},
                  "rate": {"type": "number", "unit": "share", "description": "The band's rate."}
                }
              }
            }
          },
          "allOf": [
            {"if": {"required": ["by"], "properties": {"by": {"const": "attainment"}}}, "then": {"properties": {"bands": {"items": {"properties": {"to": {"unit": "share"}}}}}}},
            {"if": {"required": ["by"], "properties": {"by": {"const": "amount"}}}, "then": {"properties": {"bands": {"items": {"properties": {"to": {"unit": "money"}}}}}}}
          ]
        },
        "multipliers": {"type": "array", "items": {"$ref": "#/$defs/factors"}, "description": "Factors by attribute, all of them applied before rounding. 200.00 with a factor of 1.2 pays 240.00."},
        "gate": {
          "type": "object", "additionalProperties": false, "required": ["at_least"],
          "description": "Nothing is paid for a period whose attainment is below this.",
          "properties": {
            "at_least": {"type": "number", "minimum": 0, "unit": "share", "description": "The attainment that opens the gate."},
            "measure": {"type": "string", "description": "The measure looked at; the component's own unless stated."},
            "missed": {"enum": ["lost", "later"], "description": "Whether what was earned behind a closed gate is lost, or paid once it opens in the same window."}
          }
        },
        "cap": {"$ref": "#/$defs/bound", "description": "The most that is paid. A period of 12,000.00 with a cap of 10,000 pays 10,000.00."},
        "floor": {"$ref": "#/$defs/bound", "description": "The least that is paid. A period of 300.00 with a floor of 500 pays 500.00."},
        "round": {
          "type": "object", "additionalProperties": false,
          "description": "Where earnings are rounded.",
          "properties": {
            "at": {"enum": ["line", "period"], "description": "Each line, or the running sum of a period's lines (each line then shows its part, and the parts add up to the rounded sum)."},
            "places": {"type": "integer", "minimum": 0, "maximum": 12, "description": "Digits after the point; those of the currency unless stated."},
            "mode": {"enum": ["half-even", "half-up", "half-down", "down", "up", "floor", "ceiling"], "description": "How ties fall; half-even unless stated."}
          }
        }
      },
      "$defs": {
        "rate": {
          "anyOf": [
            {"type": "number", "unit": "share"},
            {"type": "object", "additionalProperties": false, "required": ["column"], "properties": {"column": {"type": "string", "description": "A column with the rate."}}},
            {"$ref": "#/$defs/rates"}
          ]
        },
        "rates": {
          "type": "object", "additionalProperties": false, "required": ["by", "table"],
          "properties": {
            "by": {"type": "string", "description": "The column whose value is looked up."},
            "table": {"type": "object", "additionalProperties": {"type": "number", "unit": "share"}, "description": "The rate for each value."},
            "otherwise": {"type": "number", "unit": "share", "description": "The rate for a value that the table does not name; must be stated."}
          }
        },
        "price": {
          "anyOf": [
            {"type": "number", "unit": "money"},
            {"type": "object", "additionalProperties": false, "required": ["column"], "properties": {"column": {"type": "string", "description": "A column with the amount."}}},
            {"$ref": "#/$defs/prices"}
          ]
        },
        "prices": {
          "type": "object", "additionalProperties": false, "required": ["by", "table"],
          "properties": {
            "by": {"type": "string", "description": "The column whose value is looked up."},
            "table": {"type": "object", "additionalProperties": {"type": "number", "unit": "money"}, "description": "The amount for each value."},
            "otherwise": {"type": "number", "unit": "money", "description": "The amount for a value that the table does not name; must be stated."}
          }
        },
        "factors": {
          "type": "object", "additionalProperties": false, "required": ["by", "table"],
          "properties": {
            "by": {"type": "string", "description": "The column whose value is looked up."},
            "table": {"type": "object", "additionalProperties": {"type": "number"}, "description": "The factor for each value."},
            "otherwise": {"type": "number", "description": "The factor for a value that the table does not name; must be stated."}
          }
        },
        "bound": {
          "type": "object", "additionalProperties": false, "required": ["amount"],
          "properties": {
            "amount": {"type": "number", "minimum": 0, "unit": "money", "description": "The amount."},
            "per": {"enum": ["line", "period", "window"], "description": "What the amount holds for; must be stated."}
          }
        }
      }
    }
    """#
}
