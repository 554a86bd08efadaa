using CsCheck;
using Shop.Checkout;
using Shop.Contracts;

namespace Shop.Functions.Tests.Checkout;

public sealed class WhenCheckoutsArePriced
{
    [Fact]
    public void Tax_is_five_percent_rounded_down() =>
        Gen.Long[0, 1_000_000_000_000].Sample(subtotal => OrderCharges.Tax(subtotal) == (long)Math.Floor(subtotal * 0.05m));

    [Fact]
    public void The_total_is_the_sum_of_its_known_parts() =>
        Gen.Select(Gen.Int[1, CheckoutRules.MaxQuantity].Array[1, CheckoutRules.MaxItems], Gen.Long[0, 10_000_000_000], Gen.Bool, Gen.Int[0, 2])
            .Sample((quantities, price, hasAddress, rate) =>
            {
                var update = new CheckoutUpdate(
                    [.. quantities.Select((q, i) => new CheckoutUpdateItem($"i{i}", Quantity: q))],
                    ShippingAddress: hasAddress ? new CheckoutUpdateAddress("a", "b", "c", null, "d", "e", "f") : null,
                    DeliveryOptionToken: OrderCharges.ShippingRates.ElementAtOrDefault(rate)?.Token);
                var products = quantities.Select((_, i) => new Product($"i{i}", "", "", "", price, "USD", 1, [])).ToArray();

                var checkout = Pricing.Price(update, products);

                var subtotal = quantities.Sum(q => q * price);
                Assert.Equal(subtotal, checkout.Request.Subtotal);
                Assert.Equal(hasAddress, checkout.Tax >= 0);
                Assert.Equal(rate < 2, checkout.Shipping >= 0);
                Assert.Equal(subtotal + (hasAddress ? subtotal / 20 : 0) + (rate < 2 ? OrderCharges.ShippingRates[rate].Amount : 0), checkout.Total);
            });
}
