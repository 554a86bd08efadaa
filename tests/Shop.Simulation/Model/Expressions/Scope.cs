using System.Text.Json;
using Item = System.Collections.Generic.IReadOnlyDictionary<string, System.Text.Json.JsonElement>;

namespace Shop.Simulation.Model.Expressions;

/// <summary>What an expression is about: the item as it is, and the names and values that the request brings.</summary>
internal readonly record struct Scope(Item? Item, JsonElement Names, JsonElement Values)
{
    public static Scope Of(Item? item, JsonElement request) => new(
        item,
        request.TryGetProperty("ExpressionAttributeNames", out var names) ? names : default,
        request.TryGetProperty("ExpressionAttributeValues", out var values) ? values : default);

    public string Attribute(in Token token) => token.Kind switch
    {
        TokenKind.Word => token.Text,
        TokenKind.Name when Names.ValueKind == JsonValueKind.Object && Names.TryGetProperty(token.Text, out var name) => name.GetString()!,
        _ => throw new ExpressionException($"'{token.Text}' is not the name of an attribute."),
    };

    public JsonElement? Operand(in Token token)
    {
        if (token.Kind != TokenKind.Value)
        {
            return Item is not null && Item.TryGetValue(Attribute(token), out var attribute) ? attribute : null;
        }

        return Values.ValueKind == JsonValueKind.Object && Values.TryGetProperty(token.Text, out var value)
            ? value
            : throw new ExpressionException($"An expression attribute value used in expression is not defined; attribute value: {token.Text}");
    }
}

/// <summary>What DynamoDB answers as ValidationException.</summary>
internal sealed class ExpressionException(string message) : Exception(message);
