namespace Shop.Testing.OpenApi;

/// <summary>A path of the document, such as <c>/carts/{customerId}/items</c>; matched as ASP.NET Core does.</summary>
internal sealed class PathTemplate(string text)
{
    private readonly string[] _segments = Split(text);

    public string Text => text;

    public int Literals => _segments.Count(s => !IsParameter(s));

    public bool Matches(string path)
    {
        var segments = Split(path);
        return segments.Length == _segments.Length && _segments.Zip(segments).All(p =>
            IsParameter(p.First) ? p.Second.Length > 0 : p.First.Equals(Uri.UnescapeDataString(p.Second), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The values of the parameters, by name.</summary>
    public Dictionary<string, string> Read(string path) =>
        _segments.Zip(Split(path)).Where(p => IsParameter(p.First)).ToDictionary(p => p.First.Trim('{', '}'), p => Uri.UnescapeDataString(p.Second));

    private static string[] Split(string path) => (path.EndsWith('/') ? path[..^1] : path).Split('/');

    private static bool IsParameter(string segment) => segment.StartsWith('{');
}
