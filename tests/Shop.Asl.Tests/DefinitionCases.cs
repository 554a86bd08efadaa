using System.Text.Json;

namespace Shop.Asl.Tests;

/// <summary>Cases with a <c>definition</c> (or <c>text</c>, or only <c>states</c>) and the <c>findings</c>: code, location, part of the message.</summary>
public sealed class DefinitionCases
{
    public static TheoryData<string> All => [.. CaseFile.Names("definitions")];

    [Theory]
    [MemberData(nameof(All))]
    public void Definition_is_answered_with_the_findings_of_the_case(string name)
    {
        var @case = CaseFile.Find("definitions", name);
        var findings = StateMachine.Validate(Text(@case));
        var expected = @case.GetProperty("findings").EnumerateArray().ToArray();

        Assert.Equal(
            expected.Select(e => $"{e.TextOrNull("code")} at {e.TextOrNull("at")}"),
            findings.Select(f => $"{f.Code} at {f.Location}"));
        foreach (var (finding, message) in findings.Zip(expected, (f, e) => (f, e.TextOrNull("message") ?? "")))
        {
            Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        }

        if (findings.Any(f => f.Severity == DiagnosticSeverity.Error))
        {
            var refused = Assert.Throws<InvalidDefinitionException>(() => StateMachine.Parse(Text(@case)));
            Assert.Equal(findings.Count, refused.Diagnostics.Count);
        }
        else
        {
            Assert.Equal(findings, StateMachine.Parse(Text(@case)).Warnings);
        }
    }

    private static string Text(JsonElement @case)
        => @case.TextOrNull("text")
            ?? (@case.TryGetProperty("definition", out var definition)
                ? definition.GetRawText()
                : $$"""{"StartAt":"A","States":{{@case.GetProperty("states").GetRawText()}}}""");
}
