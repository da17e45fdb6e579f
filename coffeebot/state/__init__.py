"""What each panel of the page knows and does: adapters that read vars, call one service and write vars."""
