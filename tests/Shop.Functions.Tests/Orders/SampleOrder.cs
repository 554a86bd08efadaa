using System.Text.Json.Nodes;

namespace Shop.Functions.Tests.Orders;

/// <summary>An order that is right in every respect, of a new customer unless one is named.</summary>
internal static class SampleOrder
{
    public static string NewKey() => Guid.CreateVersion7().ToString("D");

    public static JsonObject Json(string? customerId = null) => JsonNode.Parse(
        $$"""
        {
          "customerId": "{{customerId ?? $"customer-{NewKey()}"}}",
          "firstName": "Zoë", "lastName": "O'Neil", "email": "zoe@example.com", "currency": "USD",
          "subtotal": 169000, "tax": 8450, "shipping": 500, "total": 177950,
          "items": [
            {"productId": "a0a4f044-b040-410d-8ead-4de0446aec7e", "name": "Wood Watch", "quantity": 2, "unitCost": 5000, "totalCost": 10000},
            {"productId": "510a0d7e-8e83-4193-b483-e27e09ddc34d", "name": "Gentleman", "quantity": 2, "unitCost": 79500, "totalCost": 159000}
          ],
          "shippingAddress": {"firstName": "Zoë", "lastName": "O'Neil", "address1": "1 Main Street", "address2": "", "city": "Springfield", "state": "WA", "zip": "98101"}
        }
        """)!.AsObject();
}
