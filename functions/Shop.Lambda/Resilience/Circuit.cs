namespace Shop.Lambda.Resilience;

/// <summary>
/// Stands before a dependency. Once it has let several requests in a row wait in vain, the next ones are told at once that it is away; every now and then
/// one of them is let through to see whether it is back.
/// </summary>
/// <remarks>
/// closed: calls pass; <see cref="Failures"/> slow failures in a row open it, any success forgets them.
/// open: calls fail at once, for <see cref="OpenFor"/>.
/// half-open: one call passes, the others fail at once; its success closes, its failure opens again.
/// A failure that comes quickly counts nothing: it cost nobody a wait, and a dependency that refuses is often back in an instant, as after a failover.
/// </remarks>
public sealed class Circuit(string dependency, TimeProvider time)
{
    private const int Failures = 2;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

    // Short: it is the most by which a recovery can be noticed late.
    private static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private int _failures;
    private long _openedAt;
    private bool _isProbing;

    /// <exception cref="DependencyUnavailableException">The call's own, or at once while the circuit is open.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        var isProbe = Enter();
        var started = time.GetTimestamp();
        try
        {
            var result = await call();
            Succeeded();
            return result;
        }
        catch (DependencyUnavailableException)
        {
            Failed(time.GetElapsedTime(started), isProbe);
            throw;
        }
        finally
        {
            // Whatever came of the probe, also an error that says nothing of the dependency: the next one may look.
            if (isProbe)
                lock (_lock)
                    _isProbing = false;
        }
    }

    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}})"/>
    public Task RunAsync(Func<Task> call) => RunAsync(async () =>
    {
        await call();
        return true;
    });

    private bool Enter()
    {
        lock (_lock)
        {
            if (_failures < Failures)
                return false;
            if (_isProbing || time.GetElapsedTime(_openedAt) < OpenFor)
                throw new DependencyUnavailableException(dependency, $"The {dependency} did not answer a moment ago; it is tried again in a second.");
            return _isProbing = true;
        }
    }

    private void Succeeded()
    {
        lock (_lock)
            _failures = 0;
    }

    private void Failed(TimeSpan took, bool isProbe)
    {
        lock (_lock)
        {
            if (took >= Slow)
                _failures++;
            else if (isProbe)
                _failures = 0;
            _openedAt = time.GetTimestamp();
        }
    }
}
