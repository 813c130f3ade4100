export {
  createPrices,
  type ModelPrice,
  type PricedModel,
  type Prices,
  type PricesOptions,
} from './lib/prices/create-prices.ts'
