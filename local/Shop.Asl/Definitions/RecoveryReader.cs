using System.Globalization;
using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.States;

namespace Shop.Asl.Definitions;

/// <summary>Reads what a state does about failures: Retry and Catch.</summary>
internal sealed class RecoveryReader(Draft draft)
{
    private readonly Fields _fields = draft.Fields;

    public Retrier[] ReadRetriers()
    {
        List<Retrier> retriers = [];
        foreach (var retrier in Entries("Retry"))
        {
            var jitter = retrier.Text("JitterStrategy");
            if (jitter is not (null or "FULL" or "NONE"))
            {
                retrier.Wrong("JitterStrategy", "FULL or NONE");
            }

            var interval = retrier.Integer("IntervalSeconds", 1, Limits.MaxSeconds) ?? 1;
            var maximum = retrier.Integer("MaxDelaySeconds", 1, 31_622_400);
            if (maximum <= interval && retrier.Has("IntervalSeconds"))
            {
                retrier.Wrong("MaxDelaySeconds", "greater than IntervalSeconds");
            }

            retriers.Add(new Retrier(
                ReadErrors(retrier),
                interval,
                retrier.Integer("MaxAttempts", 0, Limits.MaxSeconds) ?? 3,
                retrier.Number("BackoffRate", 1, double.MaxValue) ?? 2,
                maximum,
                jitter == "FULL"));
            retrier.Close();
        }

        CheckAll(retriers.ConvertAll(retrier => retrier.ErrorEquals), "Retry");
        return [.. retriers];
    }

    public Catcher[] ReadCatchers()
    {
        List<Catcher> catchers = [];
        foreach (var catcher in Entries("Catch"))
        {
            var errors = ReadErrors(catcher);
            var next = draft.AddTarget(catcher.Text("Next", isRequired: true), catcher.At("Next"));
            catchers.Add(new Catcher(errors, next, catcher.ResultPath(), catcher.Assign()));
            catcher.Close();
        }

        CheckAll(catchers.ConvertAll(catcher => catcher.ErrorEquals), "Catch");
        return [.. catchers];
    }

    private IEnumerable<Fields> Entries(string name)
    {
        var index = 0;
        foreach (var source in _fields.List(name, mayBeEmpty: true))
        {
            if (_fields.Of(source, string.Create(CultureInfo.InvariantCulture, $"{_fields.At(name)}[{index++}]")) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private static string[] ReadErrors(Fields entry)
    {
        List<string> errors = [];
        foreach (var error in entry.List("ErrorEquals", isRequired: true))
        {
            if (error.ValueKind == JsonValueKind.String)
            {
                errors.Add(error.GetString()!);
            }
            else
            {
                entry.Wrong("ErrorEquals", "an array of strings");
            }
        }

        return [.. errors];
    }

    private void CheckAll(List<string[]> entries, string field)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Contains(ErrorNames.All) && (entries[i].Length > 1 || i < entries.Count - 1))
            {
                _fields.Findings.Schema(
                    "'States.ALL' must stand alone, and in the last entry",
                    string.Create(CultureInfo.InvariantCulture, $"{_fields.At(field)}[{i}]/ErrorEquals"));
            }
        }
    }
}
