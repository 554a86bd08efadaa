using System.Text.Json;

namespace Shop.Asl.Paths;

/// <summary>One step of a path: from a value to the values it selects from it.</summary>
internal abstract record PathSegment
{
    /// <summary>Whether it selects at most one value.</summary>
    public virtual bool IsDefinite => false;

    /// <summary>For definite segments.</summary>
    public virtual bool TrySelect(JsonElement value, out JsonElement selected) => throw new NotSupportedException();

    /// <summary>Goes down definite segments, one after the other.</summary>
    public static bool TryFollow(ReadOnlySpan<PathSegment> segments, ref JsonElement value)
    {
        foreach (var segment in segments)
        {
            if (!segment.TrySelect(value, out value))
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="root">The document a filter's <c>$</c> means.</param>
    public abstract void Select(JsonElement value, JsonElement root, List<JsonElement> results);
}

internal sealed record ChildSegment(string Name) : PathSegment
{
    public override bool IsDefinite => true;

    public override bool TrySelect(JsonElement value, out JsonElement selected)
    {
        selected = default;
        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(Name, out selected);
    }

    public override void Select(JsonElement value, JsonElement root, List<JsonElement> results)
    {
        if (TrySelect(value, out var selected))
        {
            results.Add(selected);
        }
    }
}

internal sealed record IndexSegment(int Index) : PathSegment
{
    public override bool IsDefinite => true;

    public override bool TrySelect(JsonElement value, out JsonElement selected)
    {
        selected = default;
        if (value.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        var length = value.GetArrayLength();
        var index = Index < 0 ? length + Index : Index;
        if (index < 0 || index >= length)
        {
            return false;
        }

        selected = value[index];
        return true;
    }

    public override void Select(JsonElement value, JsonElement root, List<JsonElement> results)
    {
        if (TrySelect(value, out var selected))
        {
            results.Add(selected);
        }
    }
}

internal sealed record WildcardSegment : PathSegment
{
    public override void Select(JsonElement value, JsonElement root, List<JsonElement> results)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    results.Add(property.Value);
                }

                break;
            case JsonValueKind.Array:
                results.AddRange(value.EnumerateArray());
                break;
        }
    }
}

internal sealed record UnionSegment(IReadOnlyList<PathSegment> Parts) : PathSegment
{
    public override void Select(JsonElement value, JsonElement root, List<JsonElement> results)
    {
        foreach (var part in Parts)
        {
            part.Select(value, root, results);
        }
    }
}

internal sealed record SliceSegment(int? From, int? To) : PathSegment
{
    public override void Select(JsonElement value, JsonElement root, List<JsonElement> results)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var length = value.GetArrayLength();
        var end = Bound(To ?? length, length);
        for (var i = Bound(From ?? 0, length); i < end; i++)
        {
            results.Add(value[i]);
        }
    }

    private static int Bound(int index, int length) => Math.Clamp(index < 0 ? length + index : index, 0, length);
}

internal sealed record FilterSegment(Predicate Predicate) : PathSegment
{
    public override void Select(JsonElement value, JsonElement root, List<JsonElement> results)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (Predicate.Test(item, root))
                    {
                        results.Add(item);
                    }
                }

                break;

            // As in the service's JSONPath library: a filter on an object asks about the object itself.
            case JsonValueKind.Object when Predicate.Test(value, root):
                results.Add(value);
                break;
        }
    }
}

/// <summary><c>..</c>: applies a segment to a value and everything below it, parents first.</summary>
internal sealed record DescendantSegment(PathSegment Inner) : PathSegment
{
    public override void Select(JsonElement value, JsonElement root, List<JsonElement> results)
    {
        if (Inner is not FilterSegment filter)
        {
            Inner.Select(value, root, results);
        }
        else if (filter.Predicate.Test(value, root))
        {
            // Everything below is visited itself, so a filter must not look one level further down.
            results.Add(value);
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Select(property.Value, root, results);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Select(item, root, results);
                }

                break;
        }
    }
}
