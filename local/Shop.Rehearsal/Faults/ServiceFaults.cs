using System.Collections.Concurrent;
using System.Text;

namespace Shop.Rehearsal.Faults;

/// <summary>The faults of one Region's played services, and how often each was met.</summary>
public sealed class ServiceFaults
{
    public static readonly IReadOnlyList<string> Services = ["rds", "dynamodb", "s3", "secretsmanager", "states", "lambda", "monitoring", "events"];
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _met = new(StringComparer.Ordinal);

    internal void Set(string service, ServiceFault? fault)
    {
        if (!Services.Contains(service))
        {
            throw new ArgumentException($"There is no service '{service}' here; there are {string.Join(", ", Services)}.", nameof(service));
        }

        if (fault is null)
        {
            _entries.TryRemove(service, out _);
        }
        else
        {
            _met[service] = 0;
            _entries[service] = new Entry(fault);
        }
    }

    internal void Clear() => _entries.Clear();

    /// <summary>How many calls met the service's newest fault.</summary>
    public int Met(string service) => _met.GetValueOrDefault(service);

    /// <summary>The fault that this call meets, if any; a fault that happens so many times is then used up by one.</summary>
    internal ServiceFault? Take(string service, string action)
    {
        if (!_entries.TryGetValue(service, out var entry)
            || (entry.Fault.Action is { } only && !only.Equals(action, StringComparison.OrdinalIgnoreCase))
            || (entry.Fault.Times is { } times && entry.Used() > times))
        {
            return null;
        }

        _met.AddOrUpdate(service, 1, (_, met) => met + 1);
        return entry.Fault;
    }

    /// <summary>An answer kept for whoever asks the same again while the service is stale.</summary>
    internal T Remember<T>(string service, string question, Func<T> ask)
        where T : class =>
        _entries.TryGetValue(service, out var entry) ? (T)entry.Answers.GetOrAdd(question, _ => ask()) : ask();

    /// <summary>Runs a request under the fault of its service.</summary>
    internal async Task ApplyAsync(HttpContext context, Func<Task> next)
    {
        var (service, action) = await ServiceRequest.ReadAsync(context.Request);
        if (service is null || Take(service, action) is not { } fault)
        {
            await next();
            return;
        }

        switch (fault.Kind)
        {
            case ServiceFaultKind.Throttled or ServiceFaultKind.Failing:
                await RefuseAsync(context, service, fault.Kind);
                break;
            case ServiceFaultKind.Slow:
                await Task.Delay(fault.Delay, context.RequestAborted);
                await next();
                break;
            case ServiceFaultKind.LosesAnswers:
                await RecordAsync(context, next);
                await RefuseAsync(context, service, ServiceFaultKind.Failing);
                break;
            case ServiceFaultKind.Stale when ServiceRequest.IsQuestion(context.Request, action):
                await AnswerAsBeforeAsync(context, service, next);
                break;
            default:
                await next();
                break;
        }
    }

    private async Task AnswerAsBeforeAsync(HttpContext context, string service, Func<Task> next)
    {
        var question = await ServiceRequest.TextAsync(context.Request);
        var answer = await Remember(service, question, () => RecordAsync(context, next));
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static async Task<Recorded> RecordAsync(HttpContext context, Func<Task> next)
    {
        var real = context.Response.Body;
        using var kept = new MemoryStream();
        context.Response.Body = kept;
        try
        {
            await next();
        }
        finally
        {
            context.Response.Body = real;
        }

        var recorded = new Recorded(context.Response.StatusCode, context.Response.ContentType, kept.ToArray());
        context.Response.Headers.ContentLength = null;
        return recorded;
    }

    private static async Task RefuseAsync(HttpContext context, string service, ServiceFaultKind kind)
    {
        var (status, error) = (service, kind) switch
        {
            ("s3", ServiceFaultKind.Throttled) => (503, "SlowDown"),
            ("dynamodb", ServiceFaultKind.Throttled) => (400, "ThrottlingException"),
            (_, ServiceFaultKind.Throttled) => (400, "ThrottlingException"),
            _ => (500, "InternalServerError"),
        };
        var isXml = service is "s3" or "rds";
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.ContentType = isXml ? "application/xml" : "application/x-amz-json-1.0";
        var text = isXml
            ? $"<ErrorResponse><Error><Code>{error}</Code><Message>A fault of the rehearsal.</Message></Error></ErrorResponse>"
            : $$"""{"__type":"{{error}}","message":"A fault of the rehearsal."}""";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
    }

    private sealed record Recorded(int Status, string? ContentType, byte[] Body);

    private sealed class Entry(ServiceFault fault)
    {
        private int _used;

        public ServiceFault Fault => fault;

        public ConcurrentDictionary<string, object> Answers { get; } = new(StringComparer.Ordinal);

        public int Used() => Interlocked.Increment(ref _used);
    }
}
