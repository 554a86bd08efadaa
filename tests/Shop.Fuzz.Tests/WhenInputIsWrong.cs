using System.Text;
using System.Text.Json;
using Shop.Asl;
using Shop.Lambda;
using Shop.Lambda.Sample;
using Shop.Orders;
using Shop.Reconciliation.Plans;
using Shop.Testing;

namespace Shop.Fuzz.Tests;

/// <summary>Whatever comes in, the answer is one that is meant: never a crash, a 500, or a hang.</summary>
public sealed class WhenInputIsWrong
{
    [Fact]
    public async Task A_load_balancer_event_is_answered_or_named_invalid()
    {
        await using var function = await FunctionDriver.StartAsync((api, stop) => SampleFunction.RunAsync(api, new Dictionary<string, string?> { ["AWS_REGION"] = "us-east-1", ["AWS_LAMBDA_LOG_LEVEL"] = "NONE" }, null, stop));
        await Fuzzing.RunAsync("alb", Fuzzing.Files("tests/events", "*.json"), async input =>
        {
            var result = await function.InvokeAsync(Encoding.UTF8.GetBytes(input));
            var text = Encoding.UTF8.GetString(result.Payload.Span);
            if (result.IsError)
            {
                return text.Contains("Shop.InvalidEvent", StringComparison.Ordinal) ? null : $"the function failed: {text}";
            }

            using var answer = JsonDocument.Parse(result.Payload);
            return answer.RootElement.GetProperty("statusCode").GetInt32() is >= 200 and < 500 ? null : $"answered {text}";
        });
    }

    [Fact]
    public async Task An_order_is_refused_by_name_or_reaches_a_database_that_is_away()
    {
        await using var function = await FunctionDriver.StartAsync((api, stop) => OrdersFunction.RunAsync(api, OrdersEnvironment, stop));
        await Fuzzing.RunAsync("order", [Order], async input =>
        {
            using var answer = await function.SendAsync(HttpMethod.Post, "/orders", input);
            var text = await answer.Content.ReadAsStringAsync();
            return (int)answer.StatusCode is 400 or 413 or 415 or 503 && answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? null : $"answered {(int)answer.StatusCode} {text}";
        });
    }

    [Fact]
    public Task A_definition_is_compiled_or_its_mistakes_are_listed() => Fuzzing.RunAsync("asl", Fuzzing.Files("statemachines", "*.asl.json"), input =>
    {
        try
        {
            StateMachine.Parse(input);
            return Task.FromResult<string?>(null);
        }
        catch (InvalidDefinitionException e)
        {
            return Task.FromResult(e.Message.Length > 0 ? null : "no mistake is named");
        }
    });

    [Fact]
    public async Task A_plan_is_accepted_or_refused_with_a_reason()
    {
        var folder = Directory.CreateTempSubdirectory("plans").FullName;
        try
        {
            await Fuzzing.RunAsync("plan", Fuzzing.Files("functions/Shop.Reconciliation/Plans", "*.json"), async input =>
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, "orders.json"), Encoding.UTF8.GetBytes(input));
                try
                {
                    await PlanFile.LoadAsync(folder, "orders", CancellationToken.None);
                    return null;
                }
                catch (ShopException e)
                {
                    return e.Message.Length > 0 ? null : "no reason is given";
                }
                catch (JsonException)
                {
                    // The file is no plan at all; the message says where.
                    return null;
                }
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string?> OrdersEnvironment => new()
    {
        ["AWS_REGION"] = "us-east-1",
        ["AWS_LAMBDA_LOG_LEVEL"] = "NONE",
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
        ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = "http://127.0.0.1:9/",
        ["DB_SSL_MODE"] = "None",
        ["DB_WRITER_ENDPOINT"] = "127.0.0.1:9",
        ["DB_READER_ENDPOINT"] = "127.0.0.1:9",
        ["DB_NAME"] = "orders",
        ["DB_SECRET_ID"] = "shop-orders-app",
        ["BROKER_ENDPOINT"] = "amqp://127.0.0.1:9/",
        ["BROKER_SECRET_ID"] = "shop-broker",
    };

    private const string Order =
        """
        {"customerId":"fuzz","firstName":"Zoë","lastName":"O'Neil","email":"zoe@example.com","currency":"USD","subtotal":169000,"tax":8450,"shipping":500,"total":177950,
         "items":[{"productId":"a0a4f044-b040-410d-8ead-4de0446aec7e","name":"Wood Watch","quantity":2,"unitCost":5000,"totalCost":10000},
                  {"productId":"510a0d7e-8e83-4193-b483-e27e09ddc34d","name":"Gentleman","quantity":2,"unitCost":79500,"totalCost":159000}],
         "shippingAddress":{"firstName":"Zoë","lastName":"O'Neil","address1":"1 Main Street","address2":"","city":"Springfield","state":"WA","zip":"98101"}}
        """;
}
