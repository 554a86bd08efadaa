using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.Tests.StepFunctions;

public sealed class AslSubstitutionsTests
{
    [Fact]
    public void Names_are_replaced_wherever_they_stand() =>
        Assert.Equal(
            """{"Resource":"arn:x","Again":"arn:x/us-west-2","$.path":"$.a"}""",
            AslSubstitutions.Apply(
                """{"Resource":"${Arn}","Again":"${Arn}/${Region}","$.path":"$.a"}""",
                new Dictionary<string, string> { ["Arn"] = "arn:x", ["Region"] = "us-west-2" }));

    [Fact]
    public void A_value_is_text_and_not_looked_at_again() =>
        Assert.Equal("${B}", AslSubstitutions.Apply("${A}", new Dictionary<string, string> { ["A"] = "${B}" }));

    [Fact]
    public void A_missing_and_an_unused_name_are_both_told()
    {
        var error = Assert.Throws<ArgumentException>(
            () => AslSubstitutions.Apply("${Wanted}", new Dictionary<string, string> { ["Wnted"] = "x" }));

        Assert.Contains("missing [Wanted], unused [Wnted]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_needed_of_many_values_are_taken() =>
        Assert.Equal("1", AslSubstitutions.ApplyNeeded("${A}", new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" }));
}
