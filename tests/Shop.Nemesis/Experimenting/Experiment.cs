using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Rehearsal.Faults;

namespace Shop.Nemesis.Experimenting;

/// <summary>An experiment as a file: what is normal, what is done to it, how it is undone.</summary>
internal sealed record Experiment(string Title, SteadyState SteadyState, IReadOnlyList<Step> Method, IReadOnlyList<string> Rollback)
{
    /// <exception cref="FormatException">What is wrong with the file.</exception>
    public static Experiment Parse(string json, Func<string?, string> region)
    {
        Experiment? read;
        try
        {
            read = JsonSerializer.Deserialize(json, ExperimentJson.Default.Experiment);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The experiment is no JSON of the form {{title, steadyState, method, rollback}}: {e.Message}", e);
        }

        if (read is null or { Title: null or "" } or { SteadyState: null } or { Method: null or { Count: 0 } } or { Rollback: null })
        {
            throw new FormatException("An experiment needs a title, a steadyState, a method with at least one step, and a rollback.");
        }

        if (read.SteadyState is not { OrdersPerMinute: > 0 and <= 6000, AtLeast: > 0 and <= 1, WithinSeconds: > 0 })
        {
            throw new FormatException("steadyState needs ordersPerMinute from 1 to 6000, atLeast above 0 up to 1, and withinSeconds above 0.");
        }

        foreach (var step in read.Method)
        {
            if (step is not { Fault: not null, Seconds: > 0 and <= 3600 })
            {
                throw new FormatException("A step needs a fault and its seconds, up to 3600.");
            }

            _ = FaultPhrase.Parse(step.Fault, region);
        }

        return read.Rollback.All(r => r == "heal") ? read : throw new FormatException("The rollback that is known is 'heal'.");
    }
}

/// <param name="OrdersPerMinute">How many buyers come.</param>
/// <param name="AtLeast">The share of them whose order is acknowledged in time.</param>
internal sealed record SteadyState(int OrdersPerMinute, double AtLeast, double WithinSeconds);

/// <param name="Fault">In words, as <c>make fault</c> takes them.</param>
internal sealed record Step(string Fault, double Seconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, WriteIndented = true)]
[JsonSerializable(typeof(Experiment))]
internal sealed partial class ExperimentJson : JsonSerializerContext;
