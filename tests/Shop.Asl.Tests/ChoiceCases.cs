using System.Text.Json;

namespace Shop.Asl.Tests;

/// <summary>Cases with one <c>rule</c>, and the inputs that it is <c>met</c> by and <c>notMet</c> by, or that are an <c>error</c>.</summary>
public sealed class ChoiceCases
{
    public static TheoryData<string> All => [.. CaseFile.Names("choices")];

    [Theory]
    [MemberData(nameof(All))]
    public void Rule_is_met_by_what_the_case_says(string name)
    {
        var @case = CaseFile.Find("choices", name);
        var rule = @case.GetProperty("rule").GetRawText().TrimEnd('}') + Closing(@case.GetProperty("rule").GetRawText());
        var machine = Machine.Of($$$"""
            {"C":{"Type":"Choice","Choices":[{{{rule}}}],"Default":"No"},
             "Yes":{"Type":"Pass","Result":"yes","End":true},"No":{"Type":"Pass","Result":"no","End":true}}
            """);
        var checkedInputs = 0;
        foreach (var (outcome, expected) in new[] { ("met", "yes"), ("notMet", "no"), ("error", "States.Runtime") })
        {
            if (@case.TryGetProperty(outcome, out var inputs))
            {
                foreach (var input in inputs.EnumerateArray())
                {
                    var result = machine.Run(input.GetRawText());
                    Assert.True(expected == (result.Error ?? result.Output?.GetString()), $"{input.GetRawText()}: {result.Error ?? result.Output?.GetString()}");
                    checkedInputs++;
                }
            }
        }

        Assert.True(checkedInputs > 0);
    }

    /// <summary>The rule's own closing braces with Next put in front of the last.</summary>
    private static string Closing(string rule)
    {
        var braces = rule.Length - rule.TrimEnd('}').Length;
        return new string('}', braces - 1) + ",\"Next\":\"Yes\"}";
    }
}
