// The files of Plans/one-salesperson, written by Tests/Support/write_templates.py; the tests hold both against each other.

extension Template {
  static let oneSalesperson = Template(
    name: "one-salesperson",
    summary:
      "one salesperson, 10% to quota and 15% above, rows in the plan itself",
    files: [
      (
        "plan.yaml",
        #"""
        plan: One salesperson
        currency: USD

        calendar:
          period: year
          from: 2026-01-01
          to: 2026-12-31

        data:
          people:
            csv: |
              id,name
              ann,Ann Lee
            key: id
            columns: {id: text, name: text}
          quotas:
            csv: |
              person,day,amount
              ann,2026-01-01,100000
            columns: {person: text, day: date, amount: money}
          deals:
            csv: |
              id,date,owner,amount
              D-1,2026-03-31,ann,130000
            key: id
            columns: {id: text, date: date, owner: text, amount: money}

        people:
          table: people
          name: name

        credits:
          sales:
            table: deals
            date: date
            amount: amount
            to: owner

        measures:
          bookings:
            sum: amount
            credits: sales
            over: period
            quota: {table: quotas, person: person, date: day, amount: amount, zero_quota: unmet}

        components:
          commission:
            module: commission
            credits: sales
            measure: bookings
            config:
              tiers:
                by: attainment
                method: marginal
                over: period
                bands:
                  - {to: 100%, rate: 10%}
                  - {rate: 15%}
              round: {at: line}

        """#
      ),
      (
        "plan.test.yaml",
        #"""
        # What the plan of one salesperson must pay. Run it with
        #   incentive test
        tests:
          - name: 10% up to the quota, 15% on what is above
            expect:                          # 100,000 × 10% + 30,000 × 15%
              - {payee: ann, commission: 14500, total: 14500, bookings.attainment: 130%}
          - name: just at the quota nothing is paid at 15%
            data:
              deals: |
                id,date,owner,amount
                D-1,2026-03-31,ann,60000
                D-2,2026-09-30,ann,40000
            expect:
              - {payee: ann, total: 10000}
          - name: without a sale nothing is paid
            data:
              deals: |
                id,date,owner,amount
            expect:
              - {payee: ann, bookings: 0, total: 0}
          - name: what is sold later is not there yet
            as_of: 2026-03-30
            expect:
              - {payee: ann, total: 0}

        """#
      ),
    ])
}
