using Microsoft.OpenApi;

namespace Shop.OpenApi;

/// <summary>The document's schemas by the C# types that they were made of.</summary>
public sealed class SchemaCatalog(OpenApiDocument document)
{
    /// <exception cref="InvalidOperationException">No route takes or answers this type: the description is out of date.</exception>
    public SchemaDescription Of<T>() =>
        Find<T>() ?? throw new InvalidOperationException($"The document has no schema {typeof(T).Name}.");

    internal SchemaDescription? Find<T>() =>
        document.Components?.Schemas?.TryGetValue(typeof(T).Name, out var schema) == true && schema is OpenApiSchema known
            ? new SchemaDescription(typeof(T).Name, known)
            : null;
}
