/// The JSON Schema of a commission component's config.
enum ConfigSchema {
  static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Terms of a commission component",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "rate": {"$ref": "#/$defs/rate", "description": "Share of each line's amount: one number, a column, a table by an attribute, bands by what was reached, a curve. 10% of 2,000.00 pays 200.00."},
        "per_unit": {
          "type": "object", "additionalProperties": false, "required": ["amount", "units"],
          "description": "An amount for each unit. 3 units at 25.00 pay 75.00.",
          "properties": {
            "amount": {"$ref": "#/$defs/amount", "description": "What one unit pays."},
            "units": {"type": "string", "description": "The column with the number of units."}
          }
        },
        "amount": {
          "type": "object", "additionalProperties": false, "required": ["pays"],
          "description": "A fixed amount. 500.00 for each deal pays 1,500.00 for three.",
          "properties": {
            "per": {"stated": "always", "enum": ["deal", "period", "window"], "description": "What it is paid for: each line (one below zero takes it back), each period, or the measure's window, of which each period pays what is due by then less what was due before. Bands by attainment to 80% at 0, to 100% at 2,000 and then 5,000: 92% pays 2,000.00 for the period."},
            "pays": {"$ref": "#/$defs/amount", "description": "The amount: one number, a column, a table, bands, a curve."}
          }
        },
        "tiers": {
          "type": "object", "additionalProperties": false, "required": ["bands"],
          "description": "Rates by band. Marginal bands to 100% at 10% and above at 15%, quota 100,000: 130,000 pays 10,000 + 4,500 = 14,500.",
          "properties": {
            "by": {"stated": "always", "enum": ["attainment", "amount", "quantity"], "description": "What the edges are counted in: shares of the quota, amounts, or units."},
            "units": {"type": "string", "description": "By quantity only: the column with the number of units. The first 10 at 5.00 and the rest at 4.00: 12 units pay 58.00."},
            "method": {"stated": "always", "enum": ["marginal", "whole-amount", "overage"], "description": "Whether a rate pays the part of the amount inside its band, the whole amount once the band is reached, or, with `overage`, all that lies beyond an edge once the band is reached. 130,000 of 100,000 at 15% whole-amount pays 19,500."},
            "beyond": {"type": "number", "description": "Overage only: the edge of a band up to which each part is paid at the rate of its own band. Bands to 100% at 10%, to 120% at 15% and then 20%, beyond 100%: 130,000 of 100,000 pays 10,000 + 30,000 x 20% = 16,000."},
            "over": {"stated": "always", "enum": ["deal", "period", "to-date"], "description": "What is added up before it is set against the bands: each line alone, the period, or the measure's window so far."},
            "edge": {"stated": "unless marginal", "enum": ["lower", "upper"], "description": "Whole-amount and overage: the band of a figure that is exactly on an edge."},
            "earlier": {"stated": "unless marginal, to date", "enum": ["keep", "true-up"], "description": "Whole-amount and overage to date: whether earlier periods keep what they paid, or are paid up to the new rate."},
            "counted": {"stated": "by amount where the measure holds more", "enum": ["measured", "paid"], "description": "By amount only, where the measure holds more than the component pays on: whether the rest takes up the bands too. Bands to 50,000 at 5% and above at 8%, 30,000 measured before the payee was paid: a deal of 40,000 pays 20,000 x 5% + 20,000 x 8% = 2,600 when `measured`, 40,000 x 5% = 2,000 when `paid`."},
            "bands": {
              "type": "array", "minItems": 1,
              "description": "The bands, ascending; the last one is open.",
              "items": {
                "type": "object", "additionalProperties": false,
                "properties": {
                  "to": {"type": "number", "description": "The upper edge."},
                  "rate": {"$ref": "#/$defs/rate", "description": "The band's rate; it may be a table by an attribute."},
                  "amount": {"$ref": "#/$defs/amount", "description": "By quantity, what a unit pays."}
                }
              }
            }
          },
          "allOf": [
            {"if": {"required": ["by"], "properties": {"by": {"const": "attainment"}}}, "then": {"properties": {"beyond": {"unit": "share"}, "bands": {"items": {"properties": {"to": {"unit": "share"}}}}}}},
            {"if": {"required": ["by"], "properties": {"by": {"const": "amount"}}}, "then": {"properties": {"beyond": {"unit": "money"}, "bands": {"items": {"properties": {"to": {"unit": "money"}}}}}}}
          ]
        },
        "multipliers": {"type": "array", "items": {"$ref": "#/$defs/factor"}, "description": "Factors, all of them applied before rounding: by attribute, by what was reached of this or another measure, on a curve. 200.00 with a factor of 1.2 pays 240.00."},
        "gate": {
          "type": "object", "additionalProperties": false, "required": ["at_least"],
          "description": "Nothing is paid for a period whose attainment is below this.",
          "properties": {
            "at_least": {"type": "number", "minimum": 0, "unit": "share", "description": "The attainment that opens the gate."},
            "measure": {"type": "string", "description": "The measure looked at; the component's own unless stated."},
            "missed": {"stated": "always", "enum": ["lost", "later"], "description": "Whether what was earned behind a closed gate is lost, or paid once it opens in the same window."}
          }
        },
        "cap": {"$ref": "#/$defs/bounds", "description": "The most that is paid, or a list of such amounts for several spans. A period of 12,000.00 with a cap of 10,000 pays 10,000.00."},
        "floor": {"$ref": "#/$defs/bounds", "description": "The least that is paid, or a list of such amounts for several spans. A period of 300.00 with a floor of 500 pays 500.00; a window or year is made up to it in its last period."},
        "review": {
          "type": "object", "additionalProperties": false, "required": ["above"],
          "description": "Large lines earn nothing until they were looked at. With 250,000 a line of 300,000.00 is held, and its column `held` shows what it would earn.",
          "properties": {
            "above": {"type": "number", "minimum": 0, "unit": "money", "description": "A line of more than this amount, whatever its sign, is held."},
            "approved": {"type": "string", "description": "A column of true and false: lines with true are paid."}
          }
        },
        "payable": {
          "type": "array", "minItems": 1,
          "description": "The parts in which a line's earning can be paid; at once unless stated. 50% on `date` and 50% on `collected`: 1,000.00 earned in January and collected on March 5 pays 500.00 in January and 500.00 in March.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["day", "share"],
            "properties": {
              "day": {"type": "string", "description": "The column with the day from which the part can be paid: `date`, the line's own, or another; an empty cell is not yet."},
              "share": {"type": "number", "unit": "share", "description": "The part; all of them add up to 100%."}
            }
          }
        },
        "round": {
          "type": "object", "additionalProperties": false,
          "description": "Where earnings are rounded.",
          "properties": {
            "at": {"stated": "always", "enum": ["line", "period"], "description": "Each line, or the running sum of a period's lines (each line then shows its part, and the parts add up to the rounded sum)."},
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
            {
              "type": "object", "additionalProperties": false, "required": ["by", "table"],
              "properties": {
                "by": {"type": "string", "description": "The column whose value is looked up."},
                "table": {"type": "object", "additionalProperties": {"$ref": "#/$defs/rate"}, "description": "The rate for each value; it may be a table in turn. Keys are compared by value: 1% is 0.01."},
                "otherwise": {"stated": "always", "$ref": "#/$defs/rate", "description": "The rate for a value that the table does not name; must be stated."}
              }
            },
            {
              "type": "object", "additionalProperties": false, "required": ["by", "bands"],
              "description": "The rate of the band that a figure reached. Bands to 50% at 4% and then 6%: at 80%, 2,000.00 pays 120.00.",
              "properties": {
                "by": {"$ref": "#/$defs/figure"},
                "measure": {"type": "string", "description": "The measure looked at; the component's own unless stated."},
                "edge": {"stated": "always", "enum": ["lower", "upper"], "description": "The band of a figure that is exactly on an edge."},
                "bands": {
                  "type": "array", "minItems": 1, "description": "The bands, ascending; the last one is open.",
                  "items": {
                    "type": "object", "additionalProperties": false, "required": ["rate"],
                    "properties": {
                      "to": {"type": ["number", "string"], "description": "The upper edge: a number, or by a column of days a day."},
                      "rate": {"$ref": "#/$defs/rate", "description": "The band's rate."}
                    }
                  }
                }
              },
              "if": {"required": ["by"], "properties": {"by": {"const": "attainment"}}},
              "then": {"properties": {"bands": {"items": {"properties": {"to": {"unit": "share"}}}}}}
            },
            {
              "type": "object", "additionalProperties": false, "required": ["by", "points"],
              "description": "The rate on the straight line between two points. Between 80% at 5% and 120% at 10%, 95% has 6.875%.",
              "properties": {
                "by": {"$ref": "#/$defs/figure"},
                "measure": {"type": "string", "description": "The measure looked at; the component's own unless stated."},
                "points": {
                  "type": "array", "minItems": 2, "description": "The points, ascending.",
                  "items": {
                    "type": "object", "additionalProperties": false, "required": ["at", "rate"],
                    "properties": {
                      "at": {"type": "number", "description": "The figure."},
                      "rate": {"type": "number", "unit": "share", "description": "The rate there."}
                    }
                  }
                },
                "below": {"stated": "always", "anyOf": [{"enum": ["hold", "extend"]}, {"type": "number", "unit": "share"}], "description": "Below the first point: its rate (`hold`), the first line continued (`extend`), or a number."},
                "above": {"stated": "always", "anyOf": [{"enum": ["hold", "extend"]}, {"type": "number", "unit": "share"}], "description": "Above the last point."},
                "places": {"stated": "always", "type": "integer", "minimum": 0, "maximum": 12, "description": "Digits after the point to which a rate between two points is rounded, half-even; 4 makes 6.875% 6.88%."}
              },
              "if": {"required": ["by"], "properties": {"by": {"const": "attainment"}}},
              "then": {"properties": {"points": {"items": {"properties": {"at": {"unit": "share"}}}}}}
            }
          ]
        },
        "amount": {
          "anyOf": [
            {"type": "number", "unit": "money"},
            {"type": "object", "additionalProperties": false, "required": ["column"], "properties": {"column": {"type": "string", "description": "A column with the amount."}}},
            {
              "type": "object", "additionalProperties": false, "required": ["by", "table"],
              "properties": {
                "by": {"type": "string", "description": "The column whose value is looked up."},
                "table": {"type": "object", "additionalProperties": {"$ref": "#/$defs/amount"}, "description": "The amount for each value; it may be a table in turn. Keys are compared by value: 1% is 0.01."},
                "otherwise": {"stated": "always", "$ref": "#/$defs/amount", "description": "The amount for a value that the table does not name; must be stated."}
              }
            },
            {
              "type": "object", "additionalProperties": false, "required": ["by", "bands"],
              "description": "The amount of the band that a figure reached. Bands to 10 at 5.00 and then 4.00, by units: 12 units pay 48.00.",
              "properties": {
                "by": {"$ref": "#/$defs/figure"},
                "measure": {"type": "string", "description": "The measure looked at; the component's own unless stated."},
                "edge": {"stated": "always", "enum": ["lower", "upper"], "description": "The band of a figure that is exactly on an edge."},
                "bands": {
                  "type": "array", "minItems": 1, "description": "The bands, ascending; the last one is open.",
                  "items": {
                    "type": "object", "additionalProperties": false, "required": ["amount"],
                    "properties": {
                      "to": {"type": ["number", "string"], "description": "The upper edge: a number, or by a column of days a day."},
                      "amount": {"$ref": "#/$defs/amount", "description": "The band's amount."}
                    }
                  }
                }
              },
              "if": {"required": ["by"], "properties": {"by": {"const": "attainment"}}},
              "then": {"properties": {"bands": {"items": {"properties": {"to": {"unit": "share"}}}}}}
            },
            {
              "type": "object", "additionalProperties": false, "required": ["by", "points"],
              "description": "The amount on the straight line between two points. Between 80% at 5% and 120% at 10%, 95% has 6.875%.",
              "properties": {
                "by": {"$ref": "#/$defs/figure"},
                "measure": {"type": "string", "description": "The measure looked at; the component's own unless stated."},
                "points": {
                  "type": "array", "minItems": 2, "description": "The points, ascending.",
                  "items": {
                    "type": "object", "additionalProperties": false, "required": ["at", "amount"],
                    "properties": {
                      "at": {"type": "number", "description": "The figure."},
                      "amount": {"type": "number", "unit": "money", "description": "The amount there."}
                    }
                  }
                },
                "below": {"stated": "always", "anyOf": [{"enum": ["hold", "extend"]}, {"type": "number", "unit": "money"}], "description": "Below the first point: its amount (`hold`), the first line continued (`extend`), or a number."},
                "above": {"stated": "always", "anyOf": [{"enum": ["hold", "extend"]}, {"type": "number", "unit": "money"}], "description": "Above the last point."},
                "places": {"stated": "always", "type": "integer", "minimum": 0, "maximum": 12, "description": "Digits after the point to which a amount between two points is rounded, half-even; 4 makes 6.875% 6.88%."}
              },
              "if": {"required": ["by"], "properties": {"by": {"const": "attainment"}}},
              "then": {"properties": {"points": {"items": {"properties": {"at": {"unit": "share"}}}}}}
            }
          ]
        },
        "factor": {
          "anyOf": [
            {"type": "number"},
            {"type": "object", "additionalProperties": false, "required": ["column"], "properties": {"column": {"type": "string", "description": "A column with the factor."}}},
            {
              "type": "object", "additionalProperties": false, "required": ["by", "table"],
              "properties": {
                "by": {"type": "string", "description": "The column whose value is looked up."},
                "table": {"type": "object", "additionalProperties": {"$ref": "#/$defs/factor"}, "description": "The factor for each value; it may be a table in turn. Keys are compared by value: 1% is 0.01."},
                "otherwise": {"stated": "always", "$ref": "#/$defs/factor", "description": "The factor for a value that the table does not name; must be stated."}
              }
            },
            {
              "type": "object", "additionalProperties": false, "required": ["by", "bands"],
              "description": "The factor of the band that a figure reached. Bands to 100% at 1 and then 1.5: at 110%, 200.00 pays 300.00.",
              "properties": {
                "by": {"$ref": "#/$defs/figure"},
                "measure": {"type": "string", "description": "The measure looked at; the component's own unless stated."},
                "edge": {"stated": "always", "enum": ["lower", "upper"], "description": "The band of a figure that is exactly on an edge."},
                "bands": {
                  "type": "array", "minItems": 1, "description": "The bands, ascending; the last one is open.",
                  "items": {
                    "type": "object", "additionalProperties": false, "required": ["factor"],
                    "properties": {
                      "to": {"type": ["number", "string"], "description": "The upper edge: a number, or by a column of days a day."},
                      "factor": {"$ref": "#/$defs/factor", "description": "The band's factor."}
                    }
                  }
                }
              },
              "if": {"required": ["by"], "properties": {"by": {"const": "attainment"}}},
              "then": {"properties": {"bands": {"items": {"properties": {"to": {"unit": "share"}}}}}}
            },
            {
              "type": "object", "additionalProperties": false, "required": ["by", "points"],
              "description": "The factor on the straight line between two points. Between 80% at 5% and 120% at 10%, 95% has 6.875%.",
              "properties": {
                "by": {"$ref": "#/$defs/figure"},
                "measure": {"type": "string", "description": "The measure looked at; the component's own unless stated."},
                "points": {
                  "type": "array", "minItems": 2, "description": "The points, ascending.",
                  "items": {
                    "type": "object", "additionalProperties": false, "required": ["at", "factor"],
                    "properties": {
                      "at": {"type": "number", "description": "The figure."},
                      "factor": {"type": "number", "description": "The factor there."}
                    }
                  }
                },
                "below": {"stated": "always", "anyOf": [{"enum": ["hold", "extend"]}, {"type": "number"}], "description": "Below the first point: its factor (`hold`), the first line continued (`extend`), or a number."},
                "above": {"stated": "always", "anyOf": [{"enum": ["hold", "extend"]}, {"type": "number"}], "description": "Above the last point."},
                "places": {"stated": "always", "type": "integer", "minimum": 0, "maximum": 12, "description": "Digits after the point to which a factor between two points is rounded, half-even; 4 makes 6.875% 6.88%."}
              },
              "if": {"required": ["by"], "properties": {"by": {"const": "attainment"}}},
              "then": {"properties": {"points": {"items": {"properties": {"at": {"unit": "share"}}}}}}
            }
          ]
        },
        "figure": {
          "anyOf": [
            {"type": "string", "description": "`attainment` or `value` of a measure, or a column of numbers or days."},
            {"type": "object", "additionalProperties": false, "required": ["earned"], "properties": {"earned": {"type": "string", "description": "Another component: what it pays for the period. Bands to 1,000 at 1 and then 1.1: with 1,200.00 of commission, 200.00 pays 220.00."}}},
            {"type": "object", "additionalProperties": false, "required": ["months_since"], "properties": {"months_since": {"type": "string", "description": "A column of days: whole months from it to the line's day. From January 31 to February 28 it is 1."}}}
          ]
        },
        "bounds": {
          "anyOf": [
            {"$ref": "#/$defs/bound"},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/bound"}}
          ]
        },
        "bound": {
          "type": "object", "additionalProperties": false, "required": ["amount"],
          "properties": {
            "amount": {"$ref": "#/$defs/amount", "description": "The amount, at least 0: one number, a column like `payee.cap`, a table, bands by what was reached of any measure. A cap of {by: attainment, measure: retention, edge: upper, bands: [{to: 90%, amount: 5000}, {amount: 8000}]} pays at most 5,000.00 at 85%."},
            "per": {"stated": "always", "enum": ["line", "period", "window", "year"], "description": "What the amount holds for: a line, a period, the window of the measure, the fiscal year; must be stated."}
          }
        }
      }
    }
    """#
}
