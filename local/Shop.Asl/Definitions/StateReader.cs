using System.Globalization;
using Shop.Asl.Choices;
using Shop.Asl.Data;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;
using Shop.Asl.States;

namespace Shop.Asl.Definitions;

/// <summary>Reads one state.</summary>
internal sealed class StateReader(BlockReader blocks, Draft draft)
{
    private readonly Fields _fields = draft.Fields;

    private Findings Findings => _fields.Findings;

    public void Read()
    {
        CheckQueryLanguage(_fields);
        var type = _fields.Text("Type", isRequired: true);
        draft.State = type switch
        {
            "Pass" => ReadPass(),
            "Succeed" => ReadSucceed(),
            "Fail" => ReadFail(),
            "Choice" => ReadChoice(),
            "Wait" => ReadWait(),
            "Task" => new WorkReader(blocks, draft).ReadTask(),
            "Parallel" => new WorkReader(blocks, draft).ReadParallel(),
            "Map" => new WorkReader(blocks, draft).ReadMap(),
            _ => null,
        };
        if (type is not null && draft.State is null && !Findings.HasErrors)
        {
            Findings.Schema($"'{type}' is not one of the state types Task, Pass, Choice, Wait, Succeed, Fail, Parallel and Map", _fields.At("Type"));
        }
    }

    public static void CheckQueryLanguage(Fields fields)
    {
        if (fields.Text("QueryLanguage") is { } language && language != "JSONPath")
        {
            fields.Findings.Schema($"The query language '{language}' is not supported; only JSONPath is", fields.At("QueryLanguage"));
        }
    }

    private PassState ReadPass()
    {
        var hasResult = _fields.TryGet("Result", out var result);
        if (hasResult && result.ValueKind == System.Text.Json.JsonValueKind.Object
            && result.EnumerateObject().Any(property => property.Name.EndsWith(".$", StringComparison.Ordinal)))
        {
            Findings.Warning(DiagnosticCodes.StaticResult, "Paths in the Result of a Pass state are not evaluated", _fields.At("Result"));
        }

        return new PassState
        {
            Name = draft.Name,
            InputPath = _fields.Selector("InputPath"),
            OutputPath = _fields.Selector("OutputPath"),
            Parameters = _fields.Template("Parameters"),
            Result = hasResult ? Json.Compact(result) : null,
            ResultPath = _fields.ResultPath(),
            Assign = _fields.Assign(),
            NextName = draft.ReadNext(),
        };
    }

    private SucceedState ReadSucceed()
    {
        draft.IsTerminal = true;
        return new SucceedState { Name = draft.Name, InputPath = _fields.Selector("InputPath"), OutputPath = _fields.Selector("OutputPath") };
    }

    private FailState ReadFail()
    {
        draft.IsTerminal = true;
        return new FailState { Name = draft.Name, Error = ReadTextOrPath("Error", "ErrorPath"), Cause = ReadTextOrPath("Cause", "CausePath") };
    }

    private Expression? ReadTextOrPath(string constant, string path)
    {
        var text = _fields.Text(constant);
        var computed = _fields.Computed(path);
        if (_fields.Has(constant) && _fields.Has(path))
        {
            Findings.Schema($"Only one of '{constant}' and '{path}' is allowed", _fields.Location);
        }

        return computed ?? (text is null ? null : new ConstantExpression(text, Json.String(text)));
    }

    private ChoiceState ReadChoice()
    {
        List<ChoiceRule> rules = [];
        var index = 0;
        foreach (var source in _fields.List("Choices", isRequired: true))
        {
            if (_fields.Of(source, string.Create(CultureInfo.InvariantCulture, $"{_fields.At("Choices")}[{index++}]")) is { } rule)
            {
                var next = draft.AddTarget(rule.Text("Next", isRequired: true), rule.At("Next"));
                var assign = rule.Assign();
                if (ConditionReader.Read(rule) is { } condition)
                {
                    rules.Add(new ChoiceRule(condition, next, assign));
                }

                rule.Close();
            }
        }

        var fallback = _fields.Text("Default");
        draft.AddTarget(fallback, _fields.At("Default"));
        return new ChoiceState
        {
            Name = draft.Name,
            InputPath = _fields.Selector("InputPath"),
            OutputPath = _fields.Selector("OutputPath"),
            Assign = _fields.Assign(),
            NextName = fallback,
            Rules = rules,
        };
    }

    private WaitState ReadWait()
    {
        string[] choices = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
        if (choices.Count(_fields.Has) != 1)
        {
            Findings.Schema("Exactly one of 'Seconds', 'SecondsPath', 'Timestamp' and 'TimestampPath' is required", _fields.Location);
        }

        return new WaitState
        {
            Name = draft.Name,
            InputPath = _fields.Selector("InputPath"),
            OutputPath = _fields.Selector("OutputPath"),
            Assign = _fields.Assign(),
            Seconds = _fields.IntegerOrPath("Seconds", "SecondsPath", 0, Limits.MaxSeconds),
            Timestamp = ReadTimestamp(),
            NextName = draft.ReadNext(),
        };
    }

    private Expression? ReadTimestamp()
    {
        var text = _fields.Text("Timestamp");
        if (text is not null && !Timestamps.TryParse(text, out _))
        {
            _fields.Wrong("Timestamp", "a timestamp such as 2030-01-31T08:00:00Z");
        }

        return text is null ? _fields.Reference("TimestampPath") : new ConstantExpression(text, Json.String(text));
    }
}
