using Shop.Nemesis.Experimenting;

namespace Shop.Nemesis.Tests;

public sealed class WhenAnExperimentIsRead
{
    private const string Right = """{"title":"t","steadyState":{"ordersPerMinute":60,"atLeast":0.8,"withinSeconds":5},"method":[{"fault":"link all cut","seconds":3}],"rollback":["heal"]}""";

    [Fact]
    public void A_whole_one_is_taken() => Assert.Equal("link all cut", Assert.Single(Experiment.Parse(Right, r => r!).Method).Fault);

    [Theory]
    [InlineData("{}", "needs a title")]
    [InlineData("[]", "no JSON of the form")]
    [InlineData("not json", "no JSON of the form")]
    [InlineData("\"seconds\":3|\"seconds\":0", "A step needs")]
    [InlineData("link all cut|link all gone", "no fault that is known")]
    [InlineData("\"atLeast\":0.8|\"atLeast\":8", "steadyState needs")]
    [InlineData("\"heal\"|\"pray\"", "rollback that is known")]
    [InlineData("\"title\":\"t\"|\"title\":\"t\",\"tilte\":1", "no JSON of the form")]
    public void A_mistake_is_named(string change, string says)
    {
        var parts = change.Split('|');
        var json = parts.Length == 2 ? Right.Replace(parts[0], parts[1], StringComparison.Ordinal) : change;
        Assert.Contains(says, Assert.Throws<FormatException>(() => Experiment.Parse(json, r => r!)).Message, StringComparison.Ordinal);
    }
}
