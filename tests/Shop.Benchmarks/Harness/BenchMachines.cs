using System.Globalization;
using System.Text;

namespace Shop.Benchmarks.Harness;

/// <summary>The machines of the suite <c>asl</c>.</summary>
internal static class BenchMachines
{
    private const string SmallInput = """{"order":{"id":"0198c0de","total":1250,"currency":"EUR"},"n":3}""";

    public static BenchMachine PassChain(int length) => Chain(length, _ => "\"Type\":\"Pass\"");

    public static BenchMachine TaskChain(int length) =>
        Chain(length, _ => "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::x:y\",\"TimeoutSeconds\":30,\"Retry\":[{\"ErrorEquals\":[\"States.TaskFailed\"]}]");

    /// <summary>Tasks as definitions have them: parameters from the data and the context object, a result that is shaped and put into the data.</summary>
    public static BenchMachine ShapedTaskChain(int length) => Chain(length, _ => """
        "Type":"Task","Resource":"arn:aws:states:::x:y","TimeoutSeconds":30,
        "Parameters":{"id.$":"States.Format('{}-{}', $$.Execution.Name, $.order.id)","at.$":"$$.State.EnteredTime","order.$":"$.order","kind":"charge"},
        "ResultSelector":{"id.$":"$.id","total.$":"$.order.total"},"ResultPath":"$.charge",
        "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"S0"}]
        """);

    /// <summary>Each state's first attempt fails, and is caught.</summary>
    public static BenchMachine CaughtTaskChain(int length)
    {
        var states = Enumerable.Range(0, length).Select(i => $$"""
            "{{Name(i)}}":{"Type":"Task","Resource":"arn:aws:states:::x:fail","Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"{{Name(i + 1)}}"}],"End":true}
            """);
        return new(Whole($$"""{{string.Join(',', states)}},"{{Name(length)}}":{"Type":"Succeed"}"""), SmallInput, length + 1);
    }

    /// <summary>Every second state is a Choice whose second rule is met.</summary>
    public static BenchMachine ChoiceChain(int length)
    {
        var states = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            var next = Name(i + 1);
            states.Append(i % 2 == 0
                ? $$"""
                    "{{Name(i)}}":{"Type":"Pass","Next":"{{next}}"},
                    """
                : $$"""
                    "{{Name(i)}}":{"Type":"Choice","Choices":[
                      {"Variable":"$.n","NumericEquals":4,"Next":"Done"},
                      {"And":[{"Variable":"$.order.currency","StringEquals":"EUR"},{"Variable":"$.n","NumericLessThan":9}],"Next":"{{next}}"}],"Default":"Done"},
                    """);
        }

        states.Append(CultureInfo.InvariantCulture, $$"""
            "{{Name(length)}}":{"Type":"Pass","Next":"Done"},"Done":{"Type":"Succeed"}
            """);
        return new(Whole(states.ToString()), SmallInput, length + 2);
    }

    /// <summary>Counts to a number as definitions do it: an intrinsic function, a ResultPath and a Choice a round.</summary>
    public static BenchMachine Counter(int rounds) => new(
        $$"""
        {"StartAt":"S0","States":{
          "S0":{"Type":"Pass","Parameters":{"value.$":"States.MathAdd($.counter.value, 1)"},"ResultPath":"$.counter","Next":"IsEnough"},
          "IsEnough":{"Type":"Choice","Choices":[{"Variable":"$.counter.value","NumericGreaterThanEquals":{{rounds}},"Next":"Done"}],"Default":"S0"},
          "Done":{"Type":"Succeed"} } }
        """,
        """{"order":{"id":"0198c0de","total":1250},"counter":{"value":0}}""",
        (2 * rounds) + 1);

    public static BenchMachine MapOfPass(int items) => new(
        """{"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true} } },"End":true} } }""",
        $"[{string.Join(',', Enumerable.Range(0, items))}]",
        items + 1);

    public static BenchMachine ParallelOfPass(int branches)
    {
        var all = string.Join(',', Enumerable.Range(0, branches).Select(b =>
            $$"""{"StartAt":"P{{b}}","States":{"P{{b}}":{"Type":"Pass","End":true} } }"""));
        return new($$"""{"StartAt":"F","States":{"F":{"Type":"Parallel","Branches":[{{all}}],"End":true} } }""", SmallInput, branches + 1);
    }

    private static BenchMachine Chain(int length, Func<int, string> fields)
    {
        var states = Enumerable.Range(0, length).Select(i => $$"""
            "{{Name(i)}}":{ {{fields(i)}},{{(i == length - 1 ? "\"End\":true" : $"\"Next\":\"{Name(i + 1)}\"")}} }
            """);
        return new(Whole(string.Join(',', states)), SmallInput, length);
    }

    private static string Whole(string states) => $$"""{"StartAt":"S0","States":{ {{states}} } }""";

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"S{i}");
}
