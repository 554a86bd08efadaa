namespace Shop.Asl.Paths;

/// <summary>What a path starts from.</summary>
internal enum PathRoot
{
    /// <summary><c>$</c>: the document at hand.</summary>
    Document,

    /// <summary><c>$$</c>: the context object.</summary>
    Context,

    /// <summary><c>$name</c>: a variable.</summary>
    Variable,

    /// <summary><c>@</c>: the element a filter looks at.</summary>
    Element,
}
