using Shop.Contracts;
using Shop.Databases.Outbox;
using Shop.Orders;

namespace Shop.Functions.Tests.Orders;

public sealed class WhenOrderContentIsHashed
{
    private static readonly OrderRequest Order = new(
        "c", "Ann", "Lee", "a@b.cd", "USD", 300, 15, 5, 320, [new("p1", "One", 1, 100, 100), new("p2", "Two", 2, 100, 200)],
        new("Ann", "Lee", "1 Way", null, "X", "WA", "1"));

    // Stored with every order: a changed algorithm would turn the retries of old orders into mismatches.
    [Fact]
    public void The_hash_is_the_same_in_every_version_of_the_service() => Assert.Equal("f8ac26a35a9b0176368e19352ef0aaf6ec05bfebf58d1e8606e15b65ba3b6681", OrderContent.Hash(Order));

    [Fact]
    public void Text_does_not_flow_from_one_field_into_the_next() =>
        Assert.NotEqual(OrderContent.Hash(Order with { FirstName = "An", LastName = "nLee" }), OrderContent.Hash(Order));

    [Fact]
    public void Every_part_counts_and_the_order_of_items_does_not()
    {
        OrderRequest[] others =
        [
            Order with { CustomerId = "d" }, Order with { Email = "x@b.cd" }, Order with { Tax = 16 }, Order with { ShippingAddress = null },
            Order with { ShippingAddress = Order.ShippingAddress! with { Address2 = "" } }, Order with { Items = [Order.Items[0]] },
            Order with { Items = [Order.Items[0] with { Name = "Uno" }, Order.Items[1]] },
        ];

        Assert.Equal(others.Length + 1, others.Append(Order).Select(OrderContent.Hash).Distinct().Count());
        Assert.Equal(OrderContent.Hash(Order), OrderContent.Hash(Order with { Items = [.. Order.Items.Reverse()] }));
    }

    [Fact]
    public void Event_ids_depend_on_order_and_type_alone()
    {
        var order = Guid.Parse("019ab000-0000-7000-8000-000000000001");

        Assert.Equal(Guid.Parse("88d1e060-3e23-81c4-92b3-fb68aef5b8d2"), OutboxEvents.IdFor(order, OrderEvent.Created));
        Assert.NotEqual(OutboxEvents.IdFor(order, OrderEvent.Created), OutboxEvents.IdFor(order, OrderEvent.Cancelled));
        Assert.Equal(8, OutboxEvents.IdFor(order, OrderEvent.Created).Version);
    }
}
