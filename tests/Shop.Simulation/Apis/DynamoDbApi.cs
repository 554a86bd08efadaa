using System.Text.Json;
using Shop.Asl;
using Shop.Simulation.Executions;

namespace Shop.Simulation.Apis;

/// <summary>The optimised integration of DynamoDB, on the Region's replica of the control table.</summary>
internal static class DynamoDbApi
{
    public static JsonElement Call(SimulatedExecution execution, ActionName action, JsonElement request)
    {
        var world = execution.Cloud.World;
        if (world.Setup.ControlTableIsDown && !execution.Cloud.IsHealed)
        {
            world.Referee.Disturbed(execution, action);
            throw Errors.Of(action, isHard: false);
        }

        var table = world.TableIn(execution.Region);
        switch (action.Action)
        {
            case "putItem":
                table.Put(request);
                world.Referee.Written(execution, request.GetProperty("Item").GetProperty("pk").Text("S"));
                return Answer.Empty;
            case "updateItem":
                var updated = table.Update(request);
                world.Referee.Written(execution, request.GetProperty("Key").GetProperty("pk").Text("S"));
                return request.TryGetProperty("ReturnValues", out var wanted) && wanted.GetString() == "ALL_NEW" ? Attributes("Attributes", updated) : Answer.Empty;
            case "getItem":
                return table.Get(request) is { } item ? Attributes("Item", item) : Answer.Empty;
            case "deleteItem":
                table.Delete(request);
                world.Referee.Written(execution, request.GetProperty("Key").GetProperty("pk").Text("S"));
                return Answer.Empty;
            default:
                throw Errors.Unknown(action);
        }
    }

    private static JsonElement Attributes(string member, IReadOnlyDictionary<string, JsonElement> item) => Answer.Object(writer =>
    {
        writer.WriteStartObject(member);
        foreach (var (name, value) in item)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    });
}
