using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Shop.Lambda.Http;

/// <summary>Names the parameters that can't be parsed: the generated binding code answers a bare 400 for optional ones.</summary>
internal static class QueryErrors
{
    public static Dictionary<string, string[]>? Find(HttpContext context)
    {
        Dictionary<string, string[]>? errors = null;
        foreach (var parameter in context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var value = context.Request.RouteValues.TryGetValue(parameter.Name, out var routed)
                ? routed?.ToString()
                : context.Request.Query[parameter.Name].ToString();
            if (parameter.HasTryParse && !string.IsNullOrEmpty(value) && !Parses(parameter.ParameterInfo.ParameterType, value))
                (errors ??= []).Add(parameter.Name, ["has the wrong type or form"]);
        }

        return errors;
    }

    private static bool Parses(Type type, string value)
    {
        var culture = CultureInfo.InvariantCulture;
        return Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
        {
            TypeCode.Int32 => int.TryParse(value, culture, out _),
            TypeCode.Int64 => long.TryParse(value, culture, out _),
            TypeCode.Boolean => bool.TryParse(value, out _),
            TypeCode.Decimal => decimal.TryParse(value, culture, out _),
            _ when (Nullable.GetUnderlyingType(type) ?? type) == typeof(Guid) => Guid.TryParse(value, culture, out _),
            _ when (Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset) => DateTimeOffset.TryParse(value, culture, out _),
            _ => true,
        };
    }
}
