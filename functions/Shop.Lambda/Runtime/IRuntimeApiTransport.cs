namespace Shop.Lambda.Runtime;

/// <summary>Carries calls to the Runtime API, one at a time.</summary>
/// <remarks>Throws <see cref="HttpRequestException"/> when there is no answer, or none that is HTTP.</remarks>
internal interface IRuntimeApiTransport
{
    /// <param name="path">Below the version, as in <c>invocation/next</c>.</param>
    ValueTask<RuntimeApiAnswer> GetAsync(string path, CancellationToken cancellationToken);

    ValueTask<RuntimeApiAnswer> PostAsync(RuntimeApiPost post, CancellationToken cancellationToken);
}
