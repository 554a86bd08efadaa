using Shop.Asl.Expressions;

namespace Shop.Asl.Definitions;

internal static class AssignReader
{
    private const int MaxNameLength = 80;

    /// <summary>Reads Assign and checks the names of the variables.</summary>
    public static Template? Assign(this Fields fields)
    {
        const string Name = "Assign";
        var template = fields.Template(Name);
        if (template is null)
        {
            return null;
        }

        var names = template is ObjectTemplate computed
            ? computed.Fields.Select(field => field.Key)
            : ((ConstantTemplate)template).Value.EnumerateObject().Select(property => property.Name);
        foreach (var name in names)
        {
            if (!IsIdentifier(name) || name == "states")
            {
                fields.Findings.Schema($"'{name}' is not a valid variable name", $"{fields.At(Name)}/{name}");
            }
        }

        return template;
    }

    private static bool IsIdentifier(string name)
        => name.Length is > 0 and <= MaxNameLength
            && (char.IsLetter(name[0]) || name[0] == '_')
            && name.All(c => char.IsLetterOrDigit(c) || c == '_');
}
