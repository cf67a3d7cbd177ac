namespace Chat;

/// <summary>What the room tells its members.</summary>
internal sealed record Line(string Text);
