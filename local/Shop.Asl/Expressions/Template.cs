using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;

namespace Shop.Asl.Expressions;

/// <summary>A payload template: JSON in which each field whose name ends in <c>.$</c> is computed.</summary>
internal abstract class Template
{
    public JsonElement Evaluate(in Scope scope)
        => this is ConstantTemplate constant
            ? constant.Value
            : Json.Build((Template: this, Scope: scope), static (writer, it) => it.Template.Write(writer, it.Scope));

    public abstract void Write(Utf8JsonWriter writer, in Scope scope);
}

internal sealed class ConstantTemplate(JsonElement value) : Template
{
    public JsonElement Value { get; } = value;

    public override void Write(Utf8JsonWriter writer, in Scope scope) => writer.WriteRaw(Value);
}

internal sealed class ArrayTemplate(IReadOnlyList<Template> items) : Template
{
    public override void Write(Utf8JsonWriter writer, in Scope scope)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            item.Write(writer, scope);
        }

        writer.WriteEndArray();
    }
}

internal sealed class ObjectTemplate(IReadOnlyList<KeyValuePair<string, Template>> fields) : Template
{
    private readonly (JsonEncodedText Name, Template Value)[] _encoded = [.. fields.Select(field => (Json.Encode(field.Key), field.Value))];

    public IReadOnlyList<KeyValuePair<string, Template>> Fields { get; } = fields;

    public override void Write(Utf8JsonWriter writer, in Scope scope)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in _encoded)
        {
            writer.WritePropertyName(name);
            value.Write(writer, scope);
        }

        writer.WriteEndObject();
    }
}

internal sealed class ExpressionTemplate(string field, Expression expression) : Template
{
    public override void Write(Utf8JsonWriter writer, in Scope scope) => writer.WriteRaw(expression.Evaluate(scope, field));
}
