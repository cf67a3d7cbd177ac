namespace RequestReply;

/// <summary>What is asked for: in Rust <c>struct Order { article: String, quantity: u32 }</c>.</summary>
internal sealed record Order(string Article, uint Quantity);
