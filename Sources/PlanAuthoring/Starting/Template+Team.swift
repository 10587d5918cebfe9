// The files of Plans/quickstart, written by Tests/Support/write_templates.py; the tests hold both against each other.

extension Template {
  static let team = Template(
    name: "team",
    summary:
      "a small team: splits, currencies, tiers over the year, an override for the manager; data in CSV files",
    files: [
      (
        "plan.yaml",
        #"""
        # A small team: two reps and their manager. Run it with
        #   incentive run plan.yaml
        plan: East team 2026
        currency: USD

        calendar:
          period: quarter
          from: 2026-01-01
          to: 2026-06-30

        data:
          people:
            file: data/people.csv
            key: id
            columns: {id: text, name: text, role: text, team: text, manager: text?}
          deals:
            file: data/deals.csv
            key: id
            columns:
              id: text
              close_date: date
              owner: {type: text, references: people}
              product: text
              currency: text
              amount: money
              status: text
          splits:
            file: data/splits.csv
            columns:
              deal: {type: text, references: deals}
              person: {type: text, references: people}
              percent: percent
          quotas:
            file: data/quotas.csv
            key: [person, quarter]
            columns: {person: {type: text, references: people}, quarter: text, amount: money}
          fx:
            file: data/fx.csv
            key: [currency, date]
            columns: {currency: text, date: date, rate: {type: decimal, places: 4}}

        people:
          table: people
          name: name
          role: role
          team: team
          manager: manager

        credits:
          own:                               # a deal is credited to its owner, or shared
            table: deals
            date: close_date
            amount: amount
            to: owner
            where: status == "won"
            split: {table: splits, row: deal, person: person, percent: percent, remainder: owner}
            convert: {from: currency, table: fx, currency: currency, date: date, rate: rate}
          team:                              # and to the owner's manager on that day
            roll_up: own

        measures:
          bookings:
            sum: amount
            credits: own
            over: year                       # adds up from January on
            quota: {table: quotas, person: person, period: quarter, amount: amount, against: full, zero_quota: unmet}

        components:
          commission:
            module: commission
            credits: own
            measure: bookings
            payees: payee.role == "rep"
            config:
              tiers:
                by: attainment
                method: marginal
                over: to-date
                bands:
                  - {to: 50%, rate: 4%}
                  - {to: 100%, rate: 8%}
                  - {rate: 12%}
              multipliers:
                - {by: product, table: {platform: 1.2}, otherwise: 1}
              round: {at: line}
          override:
            module: commission
            credits: team
            config:
              rate: 1%
              round: {at: period}

        """#
      ),
      (
        "plan.test.yaml",
        #"""
        # What the plan of the small team must pay. Run it with
        #   incentive test
        tests:
          - name: the figures of the README
            # ann: 42,000 × 4% + (8,000 × 4% + 30,000 × 8%) × 1.2 + 20,000 × 8% + 13,335.01 × 12%
            # mei: 1% of 42,000 + 38,000 + 33,335.01 + 27,105.00 + 16,665.00
            expect:
              - {payee: ann, period: 2026-Q1, bookings: 113335.01, commission: 8144.20, total: 8144.20}
              - {payee: ann, period: 2026-Q2, commission: -960, total: -960}    # the product given back, at 12%
              - {payee: ben, period: 2026-Q1, bookings: 43770, commission: 1750.80, total: 1750.80}
              - {payee: ben, period: 2026-Q2, commission: 10147.86, total: 10147.86}
              - {payee: mei, period: 2026-Q1, override: 1571.05, total: 1571.05}
              - {payee: mei, period: 2026-Q2, override: 893.50, total: 893.50}
          - name: a deal across the first band is cut there, and a platform counts 1.2 times
            data:
              deals: |
                id,close_date,owner,product,currency,amount,status
                D-1,2026-01-15,ann,platform,USD,60000.00,won
                D-2,2026-01-16,ben,core,USD,60000.00,lost
              splits: |
                deal,person,percent
            expect:                          # (50,000 × 4% + 10,000 × 8%) × 1.2
              - {payee: ann, period: 2026-Q1, commission: 3360, bookings.attainment: 60%}
              - {payee: ben, period: 2026-Q1, total: 0}
              - {payee: mei, period: 2026-Q1, override: 600, total: 600}
          - name: nobody sells in the second quarter before it begins
            as_of: 2026-03-31
            expect:
              - {payee: ann, period: 2026-Q1, total: 8144.20}
              - {payee: ann, period: 2026-Q2, commission: 0}

        """#
      ),
      (
        "data/people.csv",
        #"""
        id,name,role,team,manager
        mei,Mei Zhang,manager,East,
        ann,Ann Lee,rep,East,mei
        ben,Ben Ortiz,rep,East,mei

        """#
      ),
      (
        "data/deals.csv",
        #"""
        id,close_date,owner,product,currency,amount,status
        D-101,2026-01-20,ann,core,USD,42000.00,won
        D-102,2026-02-11,ann,platform,USD,38000.00,won
        D-103,2026-02-26,ben,core,EUR,25000.00,won
        D-104,2026-03-05,ben,services,USD,12500.00,lost
        D-105,2026-03-30,ann,core,USD,50000.01,won
        D-106,2026-04-14,ben,platform,USD,61000.00,won
        D-107,2026-05-19,ann,core,USD,-8000.00,won
        D-108,2026-06-08,ben,core,EUR,33000.00,won

        """#
      ),
      (
        "data/splits.csv",
        #"""
        deal,person,percent
        D-105,ann,66.67%
        D-105,ben,33.33%

        """#
      ),
      (
        "data/quotas.csv",
        #"""
        person,quarter,amount
        ann,2026-Q1,50000
        ann,2026-Q2,50000
        ben,2026-Q1,40000
        ben,2026-Q2,60000

        """#
      ),
      (
        "data/fx.csv",
        #"""
        currency,date,rate
        EUR,2026-02-26,1.0842
        EUR,2026-06-08,1.1015

        """#
      ),
    ])
}
