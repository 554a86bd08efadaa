using System.Globalization;
using Shop.Asl.Data;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;
using Shop.Asl.States;

namespace Shop.Asl.Definitions;

/// <summary>Reads the states that do work and can fail.</summary>
internal sealed class WorkReader(BlockReader blocks, Draft draft)
{
    private readonly Fields _fields = draft.Fields;

    private Findings Findings => _fields.Findings;

    public TaskState ReadTask()
    {
        var timeout = _fields.SecondsOrPath("TimeoutSeconds", "TimeoutSecondsPath");
        var heartbeat = _fields.SecondsOrPath("HeartbeatSeconds", "HeartbeatSecondsPath");
        if (timeout is ConstantExpression total && heartbeat is ConstantExpression pause && pause.Value.GetInt32() >= total.Value.GetInt32())
        {
            Findings.Schema("'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'", _fields.At("HeartbeatSeconds"));
        }

        return new TaskState
        {
            Name = draft.Name,
            Resource = ReadResource(),
            TimeoutSeconds = timeout,
            HeartbeatSeconds = heartbeat,
            Credentials = _fields.Template("Credentials"),
            Parameters = _fields.Template("Parameters"),
            InputPath = _fields.Selector("InputPath"),
            OutputPath = _fields.Selector("OutputPath"),
            ResultSelector = _fields.Template("ResultSelector"),
            ResultPath = _fields.ResultPath(),
            Assign = _fields.Assign(),
            Retriers = ReadRetriers(),
            Catchers = ReadCatchers(),
            NextName = draft.ReadNext(),
        };
    }

    public ParallelState ReadParallel()
    {
        List<StateBlock> branches = [];
        var index = 0;
        foreach (var source in _fields.List("Branches", isRequired: true))
        {
            if (_fields.Of(source, string.Create(CultureInfo.InvariantCulture, $"{_fields.At("Branches")}[{index++}]")) is { } branch)
            {
                if (blocks.Read(branch) is { } block)
                {
                    branches.Add(block);
                }

                branch.Close();
            }
        }

        return new ParallelState
        {
            Name = draft.Name,
            Branches = branches,
            Parameters = _fields.Template("Parameters"),
            InputPath = _fields.Selector("InputPath"),
            OutputPath = _fields.Selector("OutputPath"),
            ResultSelector = _fields.Template("ResultSelector"),
            ResultPath = _fields.ResultPath(),
            Assign = _fields.Assign(),
            Retriers = ReadRetriers(),
            Catchers = ReadCatchers(),
            NextName = draft.ReadNext(),
        };
    }

    public MapState ReadMap() => new()
    {
        Name = draft.Name,
        Processor = ReadProcessor()!,
        ItemsPath = _fields.Path("ItemsPath"),
        MaxConcurrency = _fields.IntegerOrPath("MaxConcurrency", "MaxConcurrencyPath", 0, int.MaxValue),
        Tolerance = ReadTolerance(),
        Parameters = _fields.Template(OneOf("ItemSelector", "Parameters")),
        InputPath = _fields.Selector("InputPath"),
        OutputPath = _fields.Selector("OutputPath"),
        ResultSelector = _fields.Template("ResultSelector"),
        ResultPath = _fields.ResultPath(),
        Assign = _fields.Assign(),
        Retriers = ReadRetriers(),
        Catchers = ReadCatchers(),
        NextName = draft.ReadNext(),
    };

    private TaskResource ReadResource()
    {
        var arn = _fields.Text("Resource", isRequired: true);
        if (arn is not null && (!arn.StartsWith("arn:", StringComparison.Ordinal) || arn.Split(':').Length < 6))
        {
            Findings.Error(DiagnosticCodes.InvalidResource, $"The resource provided '{arn}' is not recognized. The value is not a valid resource ARN", _fields.At("Resource"));
        }
        else if (arn?.Contains(":activity:", StringComparison.Ordinal) == true)
        {
            Findings.Error(DiagnosticCodes.InvalidResource, "Activities are not supported", _fields.At("Resource"));
        }

        return new TaskResource(arn ?? "");
    }

    private StateBlock? ReadProcessor()
    {
        var name = OneOf("ItemProcessor", "Iterator");
        if (_fields.Child(name, isRequired: true) is not { } processor)
        {
            return null;
        }

        if (processor.Child("ProcessorConfig") is { } config)
        {
            if (config.Text("Mode") is { } mode && mode != "INLINE")
            {
                Findings.Schema($"The mode '{mode}' of a Map is not supported; only INLINE is", config.At("Mode"));
            }

            config.Close();
        }

        var block = blocks.Read(processor);
        processor.Close();
        return block;
    }

    /// <summary>A field and its legacy name: not both.</summary>
    private string OneOf(string name, string legacyName)
    {
        var (hasName, hasLegacyName) = (_fields.Has(name), _fields.Has(legacyName));
        if (hasName && hasLegacyName)
        {
            Findings.Schema($"Only one of '{name}' and '{legacyName}' is allowed", _fields.Location);
        }

        return hasLegacyName ? legacyName : name;
    }

    private FailureTolerance? ReadTolerance()
    {
        var count = _fields.IntegerOrPath("ToleratedFailureCount", "ToleratedFailureCountPath", 0, int.MaxValue);
        const string Percentage = "ToleratedFailurePercentage";
        var percentage = _fields.Either(
            Percentage,
            () => _fields.Number(Percentage, 0, 100) is not null && _fields.TryGet(Percentage, out var value) ? Json.Compact(value) : null,
            Percentage + "Path");
        return count is null && percentage is null ? null : new FailureTolerance(count, percentage);
    }

    private Retrier[] ReadRetriers()
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

    private Catcher[] ReadCatchers()
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
            if (error.ValueKind == System.Text.Json.JsonValueKind.String)
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
                Findings.Schema(
                    "'States.ALL' must stand alone, and in the last entry",
                    string.Create(CultureInfo.InvariantCulture, $"{_fields.At(field)}[{i}]/ErrorEquals"));
            }
        }
    }
}
