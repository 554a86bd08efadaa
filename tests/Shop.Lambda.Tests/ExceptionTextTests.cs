using Shop.Lambda.Logging;

namespace Shop.Lambda.Tests;

public sealed class ExceptionTextTests
{
    [Theory]
    [InlineData("Duplicate entry 'ann@example.com' for key 'ix_email'", "Duplicate entry '…'")]
    [InlineData("Duplicate entry 'O'Neil' for key 'ix_name'", "Duplicate entry '…'")]
    [InlineData("Incorrect string value: 'Ann' for column `city` at row 1", "Incorrect string value: '…' for column `city` at row 1")]
    [InlineData("Data too long for column 'city' at row 1", "Data too long for column '…' at row 1")]
    [InlineData("Odd ' quote", "Odd '…' quote")]
    [InlineData("Server shutdown in progress", "Server shutdown in progress")]
    public void What_a_database_quotes_is_left_out(string said, string told) => Assert.Equal(told, ExceptionText.WithoutQuotes(said));

    [Fact]
    public void Others_may_quote() => Assert.Equal("DB_NAME is 'x'.", ExceptionText.Of(new InvalidOperationException("DB_NAME is 'x'.")));
}
