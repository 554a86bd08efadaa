using System.Globalization;

namespace Shop.Reconciliation.Databases;

/// <summary>SQL text with its parameters. Names of tables and columns come from the plan and are quoted; values never enter the text.</summary>
internal sealed class SqlQuery
{
    private readonly List<(string Name, object? Value)> _parameters = [];

    public string Text { get; set; } = "";

    public IReadOnlyList<(string Name, object? Value)> Parameters => _parameters;

    public static string Quote(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";

    /// <summary>Adds a value and answers its placeholder.</summary>
    public string Add(object? value)
    {
        var name = $"@p{_parameters.Count.ToString(CultureInfo.InvariantCulture)}";
        _parameters.Add((name, value));
        return name;
    }
}
