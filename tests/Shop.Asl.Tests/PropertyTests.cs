using System.Globalization;
using System.Text.Json;
using CsCheck;
using Shop.Asl.Choices;
using Shop.Asl.Data;
using Shop.Asl.Paths;

namespace Shop.Asl.Tests;

public sealed class PropertyTests
{
    private static readonly Gen<string> GenName = Gen.String[Gen.Char["abcé' .[]\"\\*$@{}"], 1, 6];

    private static readonly Gen<string> GenJson = Gen.Recursive<string>((depth, inner) => depth > 3
        ? Gen.OneOf("1", "-2.50", "true", "null", "\"x\"")
        : Gen.OneOf(
            Gen.OneOf("0", "12345678901234567890", "false", "null"),
            Gen.String.Select(text => JsonSerializer.Serialize(text)),
            inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"),
            Gen.Select(GenName, inner).Array[0, 3].Select(fields => $"{{{string.Join(',', fields.DistinctBy(f => f.Item1).Select(f => $"{JsonSerializer.Serialize(f.Item1)}:{f.Item2}"))}}}")));

    [Fact]
    public void What_ResultPath_puts_in_the_same_path_gets_out()
        => Gen.Select(GenName.Array[1, 4], GenJson).Sample((names, json) =>
        {
            var path = JsonPath.Parse("$" + string.Concat(names.Select(Quote)));
            var value = JsonElement.Parse(json);

            var combined = ResultPath.At(path).Apply(JsonElement.Parse("""{"other":[1]}"""), value);

            Assert.True(path.TryEvaluate(combined, combined, out var found));
            Assert.Equal(value.GetRawText(), found.GetRawText());
            Assert.Equal("[1]", combined.GetProperty("other").GetRawText());
        });

    [Fact]
    public void Copies_of_values_are_equal_to_them()
        => GenJson.Sample(json =>
        {
            var value = JsonElement.Parse(json);
            Assert.True(JsonElement.DeepEquals(value, Json.Compact(value)));
            Assert.True(JsonElement.DeepEquals(value, Json.Array([value, value])[1]));
        });

    [Fact]
    public void JsonToString_and_StringToJson_are_inverse()
        => GenJson.Sample(json =>
        {
            var machine = Machine.Of("""{"A":{"Type":"Pass","Parameters":{"v.$":"States.StringToJson(States.JsonToString($))"},"OutputPath":"$.v","End":true}}""");
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(json), machine.Run(json).Output!.Value));
        });

    [Fact]
    public void Patterns_match_like_a_naive_matcher()
        => Gen.Select(Gen.String[Gen.Char["ab*\\"], 0, 6], Gen.String[Gen.Char["ab*\\"], 0, 8]).Sample((pattern, text)
            => new PatternComparer(pattern).IsMatch(text) == NaiveMatch(pattern, 0, text, 0));

    [Fact]
    public void Timestamps_are_read_like_they_are_written()
        => Gen.DateTime.Sample(moment =>
        {
            var utc = new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Unspecified), TimeSpan.Zero);
            Assert.True(Timestamps.TryParse(utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture), out var parsed));
            Assert.Equal(utc, parsed);
        });

    [Fact]
    public void Any_text_as_a_path_is_read_or_refused_but_never_breaks()
        => Gen.String[Gen.Char["$@.[]*?()'\"ab01:,-&|=! \\"], 0, 20].Sample(text =>
        {
            var findings = StateMachine.Validate(PassWith($"\"InputPath\":{JsonSerializer.Serialize(text)}"));
            Assert.All(findings, finding => Assert.Equal("/States/A/InputPath", finding.Location));
        });

    [Fact]
    public void Any_text_as_a_computed_field_is_read_or_refused_but_never_breaks()
        => Gen.Select(Gen.String[Gen.Char["$.[]*?()'\"a1,-{}\\ "], 0, 20], Gen.OneOf("", "States.Format(", "States.Array($.", "States.")).Sample((rest, start) =>
        {
            var findings = StateMachine.Validate(PassWith($"\"Parameters\":{{\"v.$\":{JsonSerializer.Serialize(start + rest)}}}"));
            Assert.All(findings, finding => Assert.Equal("/States/A/Parameters/v.$", finding.Location));
        });

    private static string PassWith(string field)
        => """{"StartAt":"A","States":{"A":{"Type":"Pass",FIELD,"End":true}}}""".Replace("FIELD", field, StringComparison.Ordinal);

    private static string Quote(string name)
        => $"['{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']";

    private static bool NaiveMatch(string pattern, int p, string text, int t)
    {
        if (p == pattern.Length)
        {
            return t == text.Length;
        }

        if (pattern[p] == '*')
        {
            return NaiveMatch(pattern, p + 1, text, t) || (t < text.Length && NaiveMatch(pattern, p, text, t + 1));
        }

        var isEscape = pattern[p] == '\\' && p + 1 < pattern.Length && (pattern[p + 1] == '*' || pattern[p + 1] == '\\');
        var at = isEscape ? p + 1 : p;
        return t < text.Length && text[t] == pattern[at] && NaiveMatch(pattern, at + 1, text, t + 1);
    }
}
