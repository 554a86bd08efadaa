namespace Shop.Lambda;

/// <summary>A failure with a stable name: the <c>errorType</c> that Lambda reports and a state machine's <c>Catch</c> sees.</summary>
public class ShopException(string errorName, string message, Exception? inner = null) : Exception(message, inner)
{
    public string ErrorName { get; } = errorName;
}

/// <summary>A store (database, cache, broker) can't be reached or refuses writes: HTTP answers 503 with <c>Retry-After</c>.</summary>
public sealed class DependencyUnavailableException(string dependency, string message, Exception? inner = null)
    : ShopException("Shop.DependencyUnavailable", message, inner)
{
    public string Dependency { get; } = dependency;
}
