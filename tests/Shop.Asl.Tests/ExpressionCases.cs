using System.Text.Json;

namespace Shop.Asl.Tests;

/// <summary>Cases with one <c>expression</c> as it stands in a field ending in <c>.$</c>, and its <c>value</c> or <c>error</c>.</summary>
public sealed class ExpressionCases
{
    public static TheoryData<string, string> All => CaseFile.Names("paths", "intrinsics");

    [Theory]
    [MemberData(nameof(All))]
    public void Expression_has_the_value_the_case_expects(string topic, string name)
    {
        var @case = CaseFile.Find(topic, name);
        var expression = @case.GetProperty("expression").GetRawText();
        var machine = Machine.Of($$$"""{"P":{"Type":"Pass","Parameters":{"value.$":{{{expression}}}},"OutputPath":"$.value","End":true}}""");

        var result = machine.Run(@case.TryGetProperty("input", out var input) ? input.GetRawText() : "{}");

        if (@case.TextOrNull("error") is { } error)
        {
            Assert.Equal(error, result.Error);
            Assert.Contains(@case.TextOrNull("cause") ?? "", result.Cause, StringComparison.Ordinal);
        }
        else
        {
            Assert.True(result.Status == ExecutionStatus.Succeeded, $"{result.Error}: {result.Cause}");
            CaseFile.AssertJson(@case.GetProperty("value"), result.Output);
        }
    }
}
