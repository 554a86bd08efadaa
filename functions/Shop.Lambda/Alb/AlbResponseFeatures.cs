using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Shop.Lambda.Alb;

/// <summary>An answer in the making. It starts only when it is whole, so that a late failure can still replace all of it.</summary>
internal sealed class AlbResponseFeatures : IHttpResponseFeature, IHttpResponseBodyFeature, IDisposable
{
    private readonly ResponseBuffer _buffer = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> _onStarting = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> _onCompleted = new();

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Body
    {
        get => _buffer;
        set => throw new NotSupportedException("Replace IHttpResponseBodyFeature to change the body.");
    }

    public bool HasStarted { get; private set; }

    public Stream Stream => _buffer;

    public PipeWriter Writer => _buffer.Writer;

    public ReadOnlyMemory<byte> Written => _buffer.Written;

    public void OnStarting(Func<object, Task> callback, object state) => _onStarting.Push((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => _onCompleted.Push((callback, state));

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task CompleteAsync() => Task.CompletedTask;

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(_buffer, path, offset, count, cancellationToken);

    public void Dispose() => _buffer.Dispose();

    /// <summary>Runs the OnStarting callbacks, last registered first, as Kestrel does.</summary>
    public async Task FinishAsync()
    {
        while (_onStarting.TryPop(out var starting))
            await starting.Callback(starting.State);
        HasStarted = true;
    }

    public async Task CompletedAsync()
    {
        while (_onCompleted.TryPop(out var completed))
            await completed.Callback(completed.State);
    }
}
