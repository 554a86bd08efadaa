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
    private readonly RecoveryReader _recovery = new(draft);

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
            Retriers = _recovery.ReadRetriers(),
            Catchers = _recovery.ReadCatchers(),
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
            Retriers = _recovery.ReadRetriers(),
            Catchers = _recovery.ReadCatchers(),
            NextName = draft.ReadNext(),
        };
    }

    public MapState ReadMap()
    {
        var processor = ReadProcessor(out var isDistributed);
        return isDistributed ? ReadDistributedMap(processor) : new MapState
        {
            Name = draft.Name,
            Processor = processor!,
            ItemsPath = _fields.Path("ItemsPath"),
            MaxConcurrency = _fields.IntegerOrPath("MaxConcurrency", "MaxConcurrencyPath", 0, int.MaxValue),
            Tolerance = ReadTolerance(),
            Parameters = _fields.Template(OneOf("ItemSelector", "Parameters")),
            InputPath = _fields.Selector("InputPath"),
            OutputPath = _fields.Selector("OutputPath"),
            ResultSelector = _fields.Template("ResultSelector"),
            ResultPath = _fields.ResultPath(),
            Assign = _fields.Assign(),
            Retriers = _recovery.ReadRetriers(),
            Catchers = _recovery.ReadCatchers(),
            NextName = draft.ReadNext(),
        };
    }

    private DistributedMapState ReadDistributedMap(StateBlock? processor)
    {
        if (_fields.Has("ResultWriter"))
        {
            Findings.Schema("A ResultWriter is not supported: the results are the state's result", _fields.At("ResultWriter"));
        }

        return new DistributedMapState
        {
            Label = _fields.Text("Label"),
            Reader = DistributionReader.ReadItemReader(_fields),
            Batcher = DistributionReader.ReadItemBatcher(_fields),
            Name = draft.Name,
            Processor = processor!,
            ItemsPath = _fields.Path("ItemsPath"),
            MaxConcurrency = _fields.IntegerOrPath("MaxConcurrency", "MaxConcurrencyPath", 0, int.MaxValue),
            Tolerance = ReadTolerance(),
            Parameters = _fields.Template(OneOf("ItemSelector", "Parameters")),
            InputPath = _fields.Selector("InputPath"),
            OutputPath = _fields.Selector("OutputPath"),
            ResultSelector = _fields.Template("ResultSelector"),
            ResultPath = _fields.ResultPath(),
            Assign = _fields.Assign(),
            Retriers = _recovery.ReadRetriers(),
            Catchers = _recovery.ReadCatchers(),
            NextName = draft.ReadNext(),
        };
    }

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

    private StateBlock? ReadProcessor(out bool isDistributed)
    {
        isDistributed = false;
        var name = OneOf("ItemProcessor", "Iterator");
        if (_fields.Child(name, isRequired: true) is not { } processor)
        {
            return null;
        }

        if (processor.Child("ProcessorConfig") is { } config)
        {
            var mode = config.Text("Mode");
            isDistributed = mode == "DISTRIBUTED";
            if (mode is not (null or "INLINE" or "DISTRIBUTED"))
            {
                config.Wrong("Mode", "INLINE or DISTRIBUTED");
            }

            if (isDistributed && config.Text("ExecutionType", isRequired: true) is { } type && type is not ("STANDARD" or "EXPRESS"))
            {
                config.Wrong("ExecutionType", "STANDARD or EXPRESS");
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
}
