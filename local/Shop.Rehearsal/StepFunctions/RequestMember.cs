using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>A member of a request with the constraints of the service's model.</summary>
internal sealed record RequestMember(string Name, RequestMemberType Type)
{
    public bool IsRequired { get; init; }

    /// <summary>Characters of a string, or the value of an integer.</summary>
    public int Minimum { get; init; }

    public int Maximum { get; init; } = int.MaxValue;

    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The service doesn't repeat such values in its messages.</summary>
    public bool IsSensitive { get; init; }

    public static RequestMember Text(string name, int minimum, int maximum) => new(name, RequestMemberType.Text) { Minimum = minimum, Maximum = maximum };

    public static RequestMember Secret(string name, int minimum, int maximum) => Text(name, minimum, maximum) with { IsSensitive = true };

    public static RequestMember Number(string name, int minimum, int maximum) => new(name, RequestMemberType.Number) { Minimum = minimum, Maximum = maximum };

    public static RequestMember Flag(string name) => new(name, RequestMemberType.Flag);

    public static RequestMember Part(string name) => new(name, RequestMemberType.Structure);

    public static RequestMember List(string name) => new(name, RequestMemberType.List);

    public static RequestMember Enumeration(string name, params string[] values) => new(name, RequestMemberType.Text) { Values = values };

    public RequestMember Required() => this with { IsRequired = true };

    /// <returns>What is wrong with it, in the service's words; null if nothing is.</returns>
    public string? Check(JsonElement input)
    {
        if (!input.TryGetProperty(Name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return IsRequired ? $"Value null at '{Name}' failed to satisfy constraint: Member must not be null" : null;
        }

        return Violation(value) is { } violation
            ? $"Value {(IsSensitive ? "" : $"'{value}' ")}at '{Name}' failed to satisfy constraint: Member must {violation}"
            : null;
    }

    private string? Violation(JsonElement value)
    {
        if (Type == RequestMemberType.Number)
        {
            var number = value.TryGetInt64(out var integer) ? integer : long.MaxValue;
            return number > Maximum ? string.Create(CultureInfo.InvariantCulture, $"have value less than or equal to {Maximum}")
                : number < Minimum ? string.Create(CultureInfo.InvariantCulture, $"have value greater than or equal to {Minimum}")
                : null;
        }

        if (Type != RequestMemberType.Text)
        {
            return null;
        }

        var text = value.GetString()!;
        if (Values.Count > 0)
        {
            return Values.Contains(text) ? null : $"satisfy enum value set: [{string.Join(", ", Values)}]";
        }

        // Lengths of data are documented as bytes of UTF-8.
        var length = IsSensitive ? Encoding.UTF8.GetByteCount(text) : text.Length;
        return length > Maximum ? string.Create(CultureInfo.InvariantCulture, $"have length less than or equal to {Maximum}")
            : length < Minimum ? string.Create(CultureInfo.InvariantCulture, $"have length greater than or equal to {Minimum}")
            : null;
    }
}
