package import ModuleProtocol

/// What a module said of a component when it was configured: the columns that it needs and gives.
package struct ComponentContract: Sendable {
  package let needs: ColumnNeeds
  package let gives: ColumnGifts

  package init(needs: ColumnNeeds, gives: ColumnGifts) {
    self.needs = needs
    self.gives = gives
  }
}
