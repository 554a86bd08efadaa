using System.Collections.Concurrent;
using System.Globalization;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.Lambda;

/// <summary>Lambda of one Region: functions as processes behind a Runtime API, started when they are needed.</summary>
public sealed class LambdaService : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WorkerPool> _pools = new(StringComparer.Ordinal);
    private readonly RuntimeApiServer _runtimeApi;
    private readonly RegionPower _power;
    private readonly LambdaOptions _options;

    private LambdaService(RuntimeApiServer runtimeApi, RegionPower power, LambdaOptions options)
    {
        _runtimeApi = runtimeApi;
        _power = power;
        _options = options;
        power.Changed += OnPowerChanged;
    }

    public string Region => _power.Region;

    public IEnumerable<FunctionDefinition> Functions => _pools.Values.Select(p => p.Definition);

    public static async Task<LambdaService> StartAsync(RegionPower power, LambdaOptions options, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(options.LogFolder);
        return new LambdaService(await RuntimeApiServer.StartAsync(cancellationToken), power, options);
    }

    /// <summary>Adds a function, or replaces it: workers of the former one end.</summary>
    public void Deploy(FunctionDefinition definition)
    {
        var pool = new WorkerPool(definition, _options, () => StartWorkerAsync(definition));
        WorkerPool? former = null;
        _pools.AddOrUpdate(definition.Name, pool, (_, known) =>
        {
            former = known;
            return pool;
        });
        former?.KillAll();
    }

    public string ArnOf(string name) => FunctionArn.For(Region, _options.Account, name);

    /// <summary>Invokes a function and waits for its answer. When the caller gives up, the function runs on.</summary>
    /// <exception cref="LambdaServiceException">Nothing ran.</exception>
    public async Task<InvokeResult> InvokeAsync(
        string functionNameOrArn, ReadOnlyMemory<byte> payload, string? traceId = null, CancellationToken cancellationToken = default)
    {
        var pool = Find(functionNameOrArn);
        if (payload.Length > RuntimeApiServer.PayloadLimit)
        {
            throw new LambdaServiceException("RequestTooLargeException", 413, $"Request must be smaller than {RuntimeApiServer.PayloadLimit} bytes.");
        }

        PendingInvocation Start() => new(
            payload, ArnOf(pool.Definition.Name), _options.Time.GetUtcNow() + pool.Definition.Timeout, traceId ?? TraceId.New(_options.Time));
        return await pool.InvokeAsync(Start).WaitAsync(cancellationToken);
    }

    /// <summary>Accepts an asynchronous invocation: nobody waits for it, and its error is only in the function's log.</summary>
    public void InvokeLater(string functionNameOrArn, ReadOnlyMemory<byte> payload, string? traceId = null)
    {
        _ = Find(functionNameOrArn);
        _ = Task.Run(async () =>
        {
            try
            {
                await InvokeAsync(functionNameOrArn, payload, traceId);
            }
            catch (LambdaServiceException)
            {
                // Throttled, or the Region was lost: in AWS the event would be dropped after its retries too.
            }
        });
    }

    /// <summary>Starts workers ahead of the first invocation; answers when they are ready.</summary>
    public Task WarmAsync(string functionNameOrArn, int workers = 1) => Find(functionNameOrArn).WarmAsync(workers);

    /// <summary>The process ids of a function's workers.</summary>
    public IReadOnlyList<int> WorkersOf(string functionNameOrArn) => [.. Find(functionNameOrArn).Pids];

    /// <summary>The machines are gone: no worker gets to say anything more.</summary>
    public void KillAll()
    {
        foreach (var pool in _pools.Values)
        {
            pool.KillAll();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _power.Changed -= OnPowerChanged;
        await Task.WhenAll(_pools.Values.Select(p => p.StopAsync()));
        await _runtimeApi.DisposeAsync();
    }

    private WorkerPool Find(string functionNameOrArn)
    {
        if (!_power.IsOn)
        {
            throw new LambdaServiceException("ServiceException", 503, $"The Region {Region} is lost.");
        }

        return _pools.GetValueOrDefault(FunctionArn.NameOf(functionNameOrArn))
            ?? throw new LambdaServiceException("ResourceNotFoundException", 404, $"Function not found: {functionNameOrArn}");
    }

    private async Task<Worker> StartWorkerAsync(FunctionDefinition definition)
    {
        var mailbox = _runtimeApi.Open();
        var worker = await Worker.StartAsync(definition, EnvironmentOf(definition, mailbox), mailbox, _options);
        _ = ForgetAsync(worker, mailbox);
        if (!_power.IsOn)
        {
            worker.Kill();
        }

        return worker;
    }

    private async Task ForgetAsync(Worker worker, RuntimeApiMailbox mailbox)
    {
        await worker.Ended;
        _runtimeApi.Forget(mailbox);
    }

    private Dictionary<string, string> EnvironmentOf(FunctionDefinition definition, RuntimeApiMailbox mailbox) => new(definition.Environment)
    {
        ["_HANDLER"] = definition.Handler,
        ["AWS_EXECUTION_ENV"] = "AWS_Lambda_rehearsal",
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = definition.MemoryMb.ToString(CultureInfo.InvariantCulture),
        ["AWS_LAMBDA_FUNCTION_NAME"] = definition.Name,
        ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
        ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
        ["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{definition.Name}",
        ["AWS_LAMBDA_RUNTIME_API"] = mailbox.Address,
        ["AWS_REGION"] = Region,
        ["AWS_DEFAULT_REGION"] = Region,
        // Many small processes on one machine: a heap per core for each would cost more than it gives.
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_TieredPGO"] = "0",
        ["TZ"] = ":UTC",
    };

    private void OnPowerChanged(bool on)
    {
        if (!on)
        {
            KillAll();
        }
    }
}
