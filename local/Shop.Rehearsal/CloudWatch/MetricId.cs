namespace Shop.Rehearsal.CloudWatch;

/// <summary>A metric: namespace, name and dimensions, in any order.</summary>
public sealed class MetricId : IEquatable<MetricId>
{
    private readonly string _key;

    public MetricId(string metricNamespace, string name, params IEnumerable<(string Name, string Value)> dimensions)
    {
        Namespace = metricNamespace;
        Name = name;
        Dimensions = [.. dimensions.OrderBy(dimension => dimension.Name, StringComparer.Ordinal)];
        _key = string.Join('\n', [metricNamespace, name, .. Dimensions.Select(dimension => $"{dimension.Name}={dimension.Value}")]);
    }

    public string Namespace { get; }

    public string Name { get; }

    public IReadOnlyList<(string Name, string Value)> Dimensions { get; }

    public bool Equals(MetricId? other) => other is not null && other._key == _key;

    public override bool Equals(object? obj) => Equals(obj as MetricId);

    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _key.Replace('\n', ' ');
}
